import Synchronization
import TareCore
import TareExperiment

/// A runner whose samples depend on the request alone, slow in an uneven way so that threads overtake each other.
struct SeededRunner: ServiceRunner {
    var platform: Platform
    var mode: RunMode { .simulate }
    /// Cells that fail in replication 1.
    var failing: Set<String> = []
    /// Cells that are refused before anything runs.
    var refused: Set<String> = []
    /// How far values spread, as a share.
    var spread = 0.01

    func check(_ cell: Cell, of scenario: Scenario) throws(TareError) {
        guard refused.contains(cell.id) else { return }
        throw TareError(.exhausted, subject: "memory", "does not fit")
    }

    func run(_ request: RunRequest) async throws(TareError) -> RunOutcome {
        for _ in 0..<Int(request.seed % 7) { await Task.yield() }
        if failing.contains(request.cell.id), request.replication == 1 {
            throw TareError(.exhausted, subject: "guest", "ran out of memory")
        }
        let noise = Double(request.seed % 1000) / 1000 * spread
        func sample(_ quantity: String, _ unit: String, _ subject: String, _ owner: Owner?, _ value: Double) -> Sample {
            Sample(
                cell: request.cell.id,
                replication: request.replication,
                platform: platform,
                mode: mode,
                quantity: quantity,
                unit: unit,
                subject: subject,
                owner: owner,
                value: value,
                evidence: .modelled
            )
        }
        let size = platform == .vm ? 3.0 : 1.0
        return RunOutcome(
            samples: [
                sample("disk.used", "bytes", "host", nil, size * 1024),
                sample("disk.used", "bytes", "instance", .os, size * 512),
                sample("disk.used", "bytes", "instance", nil, size * 1024),
                sample("start.first-response", "seconds", "host", nil, size * (1 + noise)),
                sample("start.first-response", "seconds", "instance:0", nil, size * (0.5 + noise)),
                sample("start.first-response", "seconds", "instance:1", nil, size * (0.7 + noise)),
            ],
            timelines: [
                StartTimeline(
                    cell: request.cell.id,
                    platform: platform,
                    instance: "first",
                    phases: [.init(name: "kernel", startSeconds: 0, endSeconds: 0.1, critical: true)],
                    marks: ["init": 0.1],
                    evidence: .modelled
                )
            ],
            warnings: request.replication == 0 ? ["\(request.cell.id): a \"quoted\"\twarning"] : []
        )
    }
}
