import ArgumentParser
import TareSimulation

/// Counts how often 95% intervals hold what theory knows exactly.
struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "How often 95% intervals of simulated means hold the exact value, for six queues of theory.",
        discussion: """
            A trial is 12 independent replications and one interval, by Student's t with 11 degrees of freedom. Ends
            with 1 where a share is outside 93-97%.
            """
    )

    /// Replications of a trial, and Student's t for one fewer degrees of freedom, two-sided 95%.
    static let replications = 12
    static let student = 2.200985

    @Option(help: "Trials of each queue.")
    var trials = 4000

    @Option(help: "Seed of all trials.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard trials > 0 else { throw ValidationError("--trials wants at least 1") }
    }

    func run() throws {
        var lines: [String] = []
        var isOutside = false
        for (number, form) in ClosedForm.allCases.enumerated() {
            let streams = RandomStreams(seed: seed).replication(number)
            // One after the other: a main function that is asynchronous cannot run under valgrind, as the gate does.
            let held = (0..<trials).count { Self.holds(form, streams.replication($0)) }
            let share = Double(held) / Double(trials)
            if share < 0.93 || share > 0.97 { isOutside = true }
            lines.append(
                json
                    ? "{\"queue\": \"\(form.rawValue)\", \"exact\": \(form.exact), \"trials\": \(trials), \"share\": \(share)}"
                    : "\(form.rawValue): \(share * 100)% of \(trials) intervals hold \(form.exact)")
        }
        print(
            json
                ? "{\"benchmark\": \"coverage\", \"queues\": [\(lines.joined(separator: ", "))]}"
                : lines.joined(separator: "\n"))
        if isOutside { throw ExitCode(1) }
    }

    /// Whether the interval of one trial holds the exact value.
    static func holds(_ form: ClosedForm, _ streams: RandomStreams) -> Bool {
        var sum = 0.0
        var squares = 0.0
        for replication in 0..<replications {
            var simulation = Simulation(CoverageModel(form, seed: streams.replication(replication).seed))
            simulation.scheduler.schedule(.arrive, at: .zero)
            simulation.run()
            // From the exact value, so that the sum of squares loses nothing.
            let off = simulation.model.mean - form.exact
            sum += off
            squares += off * off
        }
        let count = Double(replications)
        let mean = sum / count
        let variance = (squares - count * mean * mean) / (count - 1)
        return abs(mean) <= student * (variance / count).squareRoot()
    }
}
