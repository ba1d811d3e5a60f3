import TareCatalog
import TareCore
import TareEngine
import TareExperiment
import TareLinux
import TareProbe
import TareStatistics

/// Measures the container model's parameters on this machine: the engine's own cost and one workload's.
///
/// Everything is taken by subtraction from real containers: what the stores grew by, what supervisors hold, what CPU time
/// starts took beyond the workload's own. Two steps of a start, the snapshot and the network, are also done alone, many
/// times, so that a start's cost can be split; the rest of it is the runtime's.
public struct ContainerCalibration: Sendable {
    /// The engine.
    public var engine: Engine
    /// Containers at once.
    public var count: Int
    /// Replications.
    public var repetitions: Int

    /// Makes a calibration.
    ///
    /// - Parameters:
    ///   - engine: runs the containers.
    ///   - count: containers at once, at least 2.
    ///   - repetitions: replications, at least 1; the spread over them is the figures' spread.
    public init(engine: Engine, count: Int = 10, repetitions: Int = 5) {
        self.engine = engine
        self.count = max(2, count)
        self.repetitions = max(1, repetitions)
    }

    /// Measures; starts `count` containers `repetitions` times and removes them.
    ///
    /// - Parameters:
    ///   - workload: the workload's id, for the figures' names.
    ///   - image: its image, which is in the engine's store.
    ///   - version: the program's version.
    ///   - progress: told what goes on.
    /// - Returns: the profile.
    /// - Throws: what the engine throws; `timedOut` where a container never answers.
    public func measure(
        workload: String, image: MeasuredImage, version: String, progress: @escaping @Sendable (String) -> Void
    ) async throws(TareError) -> CalibratedProfile {
        let copy = self
        return try await BlockingWork.run { () throws(TareError) in
            let turn = try MeasuringTurn(state: copy.engine.state)
            defer { withExtendedLifetime(turn) {} }
            return try copy.measured(workload, image, version, progress)
        }
    }

    private func measured(
        _ workload: String, _ image: MeasuredImage, _ version: String, _ progress: @Sendable (String) -> Void
    ) throws(TareError) -> CalibratedProfile {
        let trial = ContainerTrial(
            engine: engine,
            services: [.init(name: "calibrate", replicas: count, image: image, memory: nil, timeout: 60)],
            width: try WorkerCount.current(), isCold: false, settling: 0.3, cell: "calibrate")
        progress("warming up")
        _ = try trial.run()
        progress("snapshots and networks alone")
        let snapshot = try StepCost.ofSnapshots(engine, image: image.name, times: 20)
        let network = try StepCost.ofNetworks(engine, times: 20)
        var runs: [MeasuredReplication] = []
        for number in 1...repetitions {
            try InterruptFlag.check("calibration")
            progress("\(count) containers, \(number) of \(repetitions)")
            let run = try trial.run()
            if let silent = run.instances.first(where: { $0.failure != nil }) {
                throw TareError(
                    .timedOut, subject: workload, "a container never answered: \(silent.failure ?? "")",
                    hint: "see what it says with `tare container run`")
            }
            runs.append(run)
        }
        let source = "calibration \(HostClock.dateText())"
        func figure(_ unit: String, _ value: (MeasuredReplication) -> Double) -> Figure {
            let values = runs.map(value).sorted()
            return Figure(
                values[values.count / 2], unit: unit, low: values.first, high: values.last, evidence: .measured,
                source: source)
        }
        func mean(_ run: MeasuredReplication, _ value: (MeasuredInstance) -> Double) -> Double {
            run.instances.reduce(0) { $0 + value($1) } / Double(max(1, run.instances.count))
        }
        func single(_ seconds: Double) -> Figure {
            Figure(seconds * 1000, unit: "ms", evidence: .measured, source: source)
        }
        let engineConstants = [
            "engine-memory": figure("B") { $0.helpers.pss.doubleValue },
            "supervisor-rss": figure("B") { mean($0) { $0.supervisor.rss.doubleValue } },
            "supervisor-pss": figure("B") { mean($0) { $0.supervisor.pss.doubleValue } },
            "kernel-memory": figure("B") { mean($0) { $0.kernel.doubleValue } },
            "kernel-memory-machine": figure("B") { run in
                guard let before = run.before, let during = run.during else { return 0 }
                return (during.kernel - before.kernel).doubleValue / Double(max(1, run.instances.count))
            },
            "writable-metadata": figure("B") {
                $0.added.allocated.doubleValue / Double(max(1, $0.instances.count))
            },
            "snapshot-cpu": single(snapshot.cpuSeconds),
            "network-cpu": single(network.cpuSeconds),
            "network-lock": single(max(0, network.wallSeconds - network.cpuSeconds)),
            "runtime-cpu": figure("ms") { run in
                let whole = run.engineSeconds / Double(max(1, run.instances.count)) + mean(run) { $0.engineSeconds }
                return max(0, whole - snapshot.cpuSeconds - network.cpuSeconds) * 1000
            },
        ]
        let zero = Figure(0, unit: "B", evidence: .measured, source: "\(source): not told apart from the runtime's")
        let profile = WorkloadProfile(
            id: workload,
            startCPU: figure("ms") { mean($0) { $0.cpuSeconds } * 1000 },
            runtimeAnonymous: figure("B") {
                mean($0) { ($0.processes.pssAnonymous + $0.processes.pssShared).doubleValue }
            },
            appAnonymous: zero,
            // The containers' shares of file pages add up to each page once.
            runtimeFile: figure("B") { run in run.instances.reduce(0) { $0 + $1.processes.pssFile.doubleValue } },
            appFile: zero)
        var warnings: [String] = []
        for warning in runs.flatMap(\.warnings) where !warnings.contains(warning) { warnings.append(warning) }
        return CalibratedProfile(
            measuredOn: HostClock.dateText(), version: version, machine: MachineFacts.current().flat,
            engine: engineConstants, workloads: [workload: profile], warnings: warnings)
    }
}
