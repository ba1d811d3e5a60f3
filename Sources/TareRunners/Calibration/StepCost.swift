import Glibc
import TareCore
import TareEngine
import TareLinux

/// What one step of a start costs when it is done alone, many times: the median of its CPU time, and the shortest time by the
/// clock, since everything else that the machine does only ever makes it longer.
struct StepCost: Sendable {
    /// CPU seconds of this process.
    var cpuSeconds: Double
    /// Seconds by the clock.
    var wallSeconds: Double

    /// Making and mounting a writable layer.
    static func ofSnapshots(_ engine: Engine, image name: String, times: Int) throws(TareError) -> StepCost {
        let snapshots = engine.images.snapshots
        let parent = try engine.images.image(name).snapshotKey
        let target = PathText.join(engine.state, "calibrate-root")
        try FolderMaking.make(target)
        defer { rmdir(target) }
        return try timed(times) { (number) throws(TareError) in
            let key = "calibrate-\(number)"
            try snapshots.prepare(key, parent: parent)
            try snapshots.mount(key, isVolatile: true).mount(at: target)
            return { () throws(TareError) in
                try Mounts.unmount(target)
                try snapshots.remove(key)
            }
        }
    }

    /// Giving a container its namespace, link and address in the default network.
    static func ofNetworks(_ engine: Engine, times: Int) throws(TareError) -> StepCost {
        try timed(times) { (number) throws(TareError) in
            let container = "calibrate-\(number)"
            _ = try engine.networks.attach(container: container, network: "bridge", ports: [], aliases: [])
            return { () throws(TareError) in try engine.networks.detach(container: container) }
        }
    }

    /// Times `step`, and not the undoing that it returns.
    private static func timed(
        _ times: Int, _ step: (Int) throws(TareError) -> (() throws(TareError) -> Void)
    ) throws(TareError) -> StepCost {
        var cpu: [Double] = []
        var wall: [Double] = []
        for number in 0..<max(1, times) {
            let work = HostClock.processCPUNanoseconds()
            let began = HostClock.monotonicNanoseconds()
            let undo = try step(number)
            wall.append(Double(HostClock.monotonicNanoseconds() - began) / 1e9)
            cpu.append(Double(HostClock.processCPUNanoseconds() - work) / 1e9)
            try undo()
        }
        return StepCost(cpuSeconds: cpu.sorted()[cpu.count / 2], wallSeconds: wall.min() ?? 0)
    }
}
