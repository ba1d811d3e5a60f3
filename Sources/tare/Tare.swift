import ArgumentParser

/// The command line's root: verbs live in `Commands/`, a file each.
struct Tare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tare",
        abstract: "Weighs VMs and containers on one scale, and says what the OS costs.",
        version: "0.1.0",
        subcommands: [
            Doctor.self,
            Check.self,
            ClaimCommand.self,
            InitCommand.self,
            PlanCommand.self,
            RunCommand.self,
            ResumeCommand.self,
            RunsCommand.self,
            ShowCommand.self,
            CompareCommand.self,
            CalibrateCommand.self,
            PsCommand.self,
            CleanCommand.self,
            ReportCommand.self,
            Explain.self,
            Weigh.self,
            BootCommand.self,
            ContainerCommand.self,
            ImageCommand.self,
            NetworkCommand.self,
            VolumeCommand.self,
            HubCommand.self,
        ]
    )
}
