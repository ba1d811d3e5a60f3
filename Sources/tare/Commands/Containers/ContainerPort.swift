import ArgumentParser
import TareCore
import TareEngine
import TareNetwork

/// `tare container port`: where a container's ports are on the host.
struct ContainerPort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "port",
        abstract: "Show where the host publishes a container's ports.",
        discussion: """
            Examples:
              tare container port web
              tare container port web 80
            """
    )

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "A name, an id or the beginning of one.")
    var container: String

    @Argument(help: "Only this port: 80, 53/udp.")
    var port: String?

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let summary = try engine.summary(try engine.find(container))
        if json {
            struct Document: Encodable { var ports: [PublishedPort] }
            let found = summary.ports.filter { known in
                port.map {
                    $0 == "\(known.containerPort)" || $0 == "\(known.containerPort)/\(known.transport.rawValue)"
                } ?? true
            }
            return try Output.document(Document(ports: found))
        }
        guard let port else {
            let lines = summary.ports.map { "\($0.containerPort)/\($0.transport.rawValue) -> \($0.hostText)" }
            if !lines.isEmpty { try Output.data(lines.joined(separator: "\n")) }
            return
        }
        let wanted = port.contains("/") ? port : port + "/tcp"
        let lines = summary.ports.filter { "\($0.containerPort)/\($0.transport.rawValue)" == wanted }.map(\.hostText)
        guard !lines.isEmpty else {
            throw TareError(.notFound, subject: container, "the container publishes no port \(wanted)")
        }
        try Output.data(lines.joined(separator: "\n"))
    }
}
