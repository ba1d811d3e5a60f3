import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareRuntime

/// Starts of a container with /bin/true, from the request to the known exit, beside crun alone: one of each in turn, so
/// that a busy machine slows all alike.
///
///     tare-start [RUNS [FOLDER]]
///
/// crun alone is `crun run` of the same bundle by a shell that waits for a word, in a mount namespace that crun can bear:
/// what a start costs without any engine. It deletes the container before it ends; Tare's deletion is a line of its own.
@main
enum TareStart {
    static func main() throws {
        let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 30
        let parent = CommandLine.arguments.dropFirst(2).first ?? "/tmp"
        let folder = "\(parent)/tare-start-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FolderMaking.make("\(folder)/root/bin")
        for name in ["proc", "dev", "sys"] { try FolderMaking.make("\(folder)/root/\(name)") }
        let binary = try Data(contentsOf: URL(filePath: "/bin/busybox"))
        try binary.write(to: URL(filePath: "\(folder)/root/bin/true"))
        chmod("\(folder)/root/bin/true", 0o755)
        let group = "/tare-start-\(getpid())"
        defer { try? Cgroups.current().group(group).delete() }

        let crun = try CrunRuntime(state: "\(folder)/state")
        let plain = BundleWriter()
        let alone = try CrunAlone(folder: folder)
        var times: [String: [Double]] = [:]
        func time(_ name: String, _ work: () throws -> Void) rethrows {
            let start = HostClock.monotonicNanoseconds()
            try work()
            times[name, default: []].append(Double(HostClock.monotonicNanoseconds() - start) / 1e6)
        }
        let configuration = ContainerConfiguration(root: "\(folder)/root", arguments: ["/bin/true"])
        for run in -2..<runs {
            let id = "r\(run + 2)"
            let place = SupervisorFolder("\(folder)/\(id)")
            try FolderMaking.make(place.path)
            try plain.write(configuration, to: place.path, cgroup: "\(group)/\(id)")
            try time("crun alone") { try alone.run(id, bundle: place.path) }
            for (name, writer) in [("tare, filter compiled", plain), ("tare, filter kept", crun.bundles)] {
                var exit: ExitRecord?
                try time(name) {
                    let start = HostClock.monotonicNanoseconds()
                    try writer.write(configuration, to: place.path, cgroup: "\(group)/\(id)")
                    let end = HostClock.monotonicNanoseconds()
                    times["  bundle written", default: []].append(Double(end - start) / 1e6)
                    _ = try crun.run(id, in: place, options: SupervisorOptions(), attaching: nil)
                    exit = try place.waitForExit(timeout: 30)
                }
                precondition(exit?.code == 0, "the container did not run")
                try time("\(name), deletion") { try crun.delete(id, force: false) }
                if name.hasSuffix("kept") {
                    let marks = Dictionary(place.marks().map { ($0.name, $0.monotonic) }) { $1 }
                    if let asked = marks[.requested], let up = marks[.supervised], let ran = marks[.started] {
                        times["  asked to supervised", default: []].append(Double(up - asked) / 1e6)
                        times["  supervised to started", default: []].append(Double(ran - up) / 1e6)
                    }
                }
            }
            // The first two fill the caches.
            if run < 0 { times = [:] }
        }
        show(times, runs: runs)
    }

    static func show(_ times: [String: [Double]], runs: Int) {
        func median(_ values: [Double]) -> Double {
            let sorted = values.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }
        let base = times["crun alone"].map(median) ?? 1
        print("medians of \(runs) runs in turn, wall milliseconds; ratio to crun alone")
        for (name, values) in times.sorted(by: { $0.key < $1.key }) {
            let value = median(values)
            let least = values.min() ?? 0
            print(
                "\(name): \((value * 100).rounded() / 100) ms, least \((least * 100).rounded() / 100), "
                    + "ratio \((value / base * 100).rounded() / 100)")
        }
    }
}

/// A shell that runs crun whenever it is told to.
final class CrunAlone {
    private let commands: PipeEnds
    private let answers: PipeEnds

    init(folder: String) throws {
        var input = try PipeEnds()
        var output = try PipeEnds()
        let null = try OwnedFileDescriptor(opening: "/dev/null", O_RDWR)
        let script = """
            for m in $(awk '$3 == "cgroup2" { print $2 }' /proc/mounts); do [ $m = /sys/fs/cgroup ] || umount $m; done
            while read id bundle; do crun --root \(folder)/alone run --bundle $bundle $id </dev/null >/dev/null; echo $?; done
            """
        // It ends when the pipe of its commands is closed.
        _ = try ChildProcess.start(
            "/usr/bin/unshare",
            ["-m", "/bin/sh", "-c", script],
            streams: [input.reading, output.writing, null.raw]
        )
        input.closeReading()
        output.closeWriting()
        commands = input
        answers = output
    }

    func run(_ id: String, bundle: String) throws {
        try commands.write(Array("\(id) \(bundle)\n".utf8))
        var answer = [UInt8](repeating: 0, count: 16)
        let count = read(answers.reading, &answer, answer.count)
        precondition(count == 2 && answer[0] == UInt8(ascii: "0"), "crun alone failed")
    }
}
