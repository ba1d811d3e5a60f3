import ArgumentParser
import TareLinux

/// The flags that every verb has.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @Flag(help: "Print rows separated by tabs, without a header.")
    var plain = false

    @Option(help: "Colour: auto, always or never; NO_COLOR and TERM=dumb are obeyed.")
    var color: StandardStreams.ColourChoice = .auto

    @Flag(name: .shortAndLong, help: "Only errors on standard error.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more on standard error.")
    var verbose = false

    @Flag(name: .customLong("no-input"), help: "Never ask; fail instead.")
    var noInput = false

    /// Refuses two formats at once.
    mutating func validate() throws {
        if json && plain { throw ValidationError("--json and --plain exclude each other") }
    }

    /// Whether standard output gets colour.
    var colours: Bool { StandardStreams.wantsColour(color, on: .output) }

    /// A message on standard error, unless it was to be quiet.
    func note(_ text: String) { if !quiet { Output.note(text) } }

    /// The one suggested next command, at a verb's end.
    func next(_ command: String) { note("next: \(command)") }
}

extension StandardStreams.ColourChoice: ExpressibleByArgument {}
