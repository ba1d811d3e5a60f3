import TareCatalog
import TareCore
import TareExperiment
import TareModel

/// The model with a calibrated profile beside a measurement at some number of containers.
public struct CalibrationCheck: Codable, Sendable, Hashable {
    /// How many containers.
    public var instances: Int
    /// What is compared, in words.
    public var quantity: String
    /// `bytes`, `seconds` or `core-seconds`.
    public var unit: String
    /// Median of the replications.
    public var measured: Double
    /// What the model says.
    public var modelled: Double

    /// Modelled over measured; `nil` where nothing was measured.
    public var ratio: Double? { measured > 0 ? modelled / measured : nil }

    private struct Question {
        var words: String
        var quantity: String
        var subject: String
        var owners: [Owner]
        var unit: String
    }

    // The host's own system is left out: the model takes a clean Debian's, this machine has its own.
    private static let questions = [
        Question(
            words: "disk, containers and image", quantity: "disk.allocated", subject: "host",
            owners: [.platform, .runtime, .app, .writable], unit: "bytes"),
        Question(
            words: "memory, containers and engine", quantity: "mem.pss", subject: "host",
            owners: [.platform, .runtime, .app], unit: "bytes"),
        Question(
            words: "memory of one container", quantity: "mem.pss", subject: "instance",
            owners: [.platform, .runtime, .app], unit: "bytes"),
        Question(
            words: "last answer", quantity: "start.first-response", subject: "host", owners: [], unit: "seconds"),
    ]

    /// Runs both at each number of containers.
    ///
    /// - Parameters:
    ///   - counts: the numbers of containers.
    ///   - repetitions: measured replications a number.
    ///   - profile: the calibrated profile.
    ///   - workload: the workload's id.
    ///   - runner: measures.
    ///   - content: for the model.
    ///   - progress: told what goes on.
    /// - Returns: a row a number and question.
    /// - Throws: what the runners throw.
    public static func rows(
        counts: [Int], repetitions: Int, profile: CalibratedProfile, workload: String,
        runner: MeasuredContainerRunner, content: ContentSource, progress: (String) -> Void
    ) async throws(TareError) -> [CalibrationCheck] {
        var content = content
        content.profiles["./calibrated"] = profile
        let modelled = ModelledContainerRunner(content: content)
        var rows: [CalibrationCheck] = []
        for count in counts {
            var scenario = Scenario(
                name: "check", host: .thisMachine,
                services: [
                    ServiceTemplate(name: "web", replicas: "\(count)", workload: workload, readyTimeout: "60s")
                ])
            scenario.vm = nil
            scenario.container = ContainerPlatform(profile: "./calibrated")
            scenario.run.caches = [.warm]
            let cells = try scenario.cells()
            guard let cell = cells.first else { continue }
            let request = RunRequest(scenario: scenario, cell: cell, replication: 0, seed: 1)
            let model = try await modelled.run(request)
            var real: [RunOutcome] = []
            for number in 1...max(1, repetitions) {
                progress("check with \(count) containers, \(number) of \(repetitions)")
                real.append(try await runner.run(request))
            }
            for question in questions {
                let values = real.map { value($0, question) }.sorted()
                rows.append(
                    CalibrationCheck(
                        instances: count, quantity: question.words, unit: question.unit,
                        measured: values[values.count / 2], modelled: value(model, question)))
            }
        }
        return rows
    }

    private static func value(_ outcome: RunOutcome, _ question: Question) -> Double {
        let samples = outcome.samples.filter { $0.quantity == question.quantity && $0.subject == question.subject }
        guard !question.owners.isEmpty else { return samples.first { $0.owner == nil }?.value ?? 0 }
        return samples.filter { $0.owner.map(question.owners.contains) ?? false }.reduce(0) { $0 + $1.value }
    }
}
