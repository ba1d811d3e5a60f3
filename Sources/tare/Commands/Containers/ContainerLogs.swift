import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareLinux

/// `tare container logs`: what a container wrote.
struct ContainerLogs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show what a container wrote; its errors go to standard error.",
        discussion: """
            Examples:
              tare container logs web
              tare container logs --follow --tail 20 --timestamps web
            """
    )

    @Flag(name: .shortAndLong, help: "Go on until it ends.")
    var follow = false

    @Option(name: [.customShort("n"), .long], help: "Only the last lines: a number, or all.")
    var tail = "all"

    @Flag(name: .shortAndLong, help: "Each line with its time.")
    var timestamps = false

    @Option(help: "Only lines since a time, RFC 3339, or a span before now: 10m.")
    var since: String?

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    mutating func validate() throws {
        if tail != "all", Int(tail).map({ $0 < 0 }) ?? true { throw ValidationError("--tail takes a number or all") }
    }

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let id = try engine.find(container)
        let from = try since.map { text throws(TareError) in try TimeText.start(text, flag: "--since") }
        let timestamps = timestamps
        try engine.readLog(id, tail: Int(tail), since: from, follows: follow) { (entry) throws(TareError) in
            let text = (timestamps ? entry.time + " " : "") + entry.text
            try StandardStreams.write(text, to: entry.stream == .output ? .output : .error)
        }
    }
}
