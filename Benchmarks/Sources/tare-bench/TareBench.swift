import ArgumentParser

/// The benchmarks of the simulation kernel and of the model on it.
@main
struct TareBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tare-bench",
        abstract: "Measure the simulation kernel: CPU time, events a second, and where the simulated clock ended.",
        discussion: """
            Peers/ has the same work in C++; `Benchmarks/compare` runs both in turn and prints the ratios.

            EXAMPLE:
              tare-bench hold --pending 1000 --events 5000000 --json
            """,
        subcommands: [
            HoldCommand.self, MM1Command.self, StormCommand.self, CoverageCommand.self, ModelCommand.self,
        ]
    )
}
