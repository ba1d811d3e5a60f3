import ArgumentParser
import TareBuilder
import TareCore
import TareEngine
import TareLinux
import TareOCI
import TareRegistry

/// `tare image build`: an image from a Dockerfile.
struct ImageBuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build an image from a Dockerfile; say with --explain why a step was built again.",
        discussion: """
            Examples:
              tare image build -t web:1 .
              tare image build -t web:1 --explain --build-arg VERSION=2 .
              tare image build -f Dockerfile.test --target test .

            A line that changes files makes a layer; one that only changes the configuration makes none. The same inputs
            give the same digest: times are fixed, and SOURCE_DATE_EPOCH fixes them to another moment.
            """
    )

    @Option(name: .shortAndLong, parsing: .singleValue, help: "A name for the image: NAME[:TAG].")
    var tag: [String] = []

    @Option(
        name: .shortAndLong, help: "The Dockerfile; by default the one in the folder. - reads it from standard input.")
    var file: String?

    @Option(help: "Stop at this stage.")
    var target: String?

    @Option(parsing: .singleValue, help: "An argument: NAME=value, or NAME to pass this process's variable on.")
    var buildArg: [String] = []

    @Option(parsing: .singleValue, help: "A label: NAME=value.")
    var label: [String] = []

    @Option(help: "The platform: linux/amd64.")
    var platform: String?

    @Option(parsing: .singleValue, help: "A secret for RUN --mount=type=secret: id=NAME,src=FILE.")
    var secret: [String] = []

    @Flag(help: "Build each step anew.")
    var noCache = false

    @Flag(help: "Say of each step why it was taken from the cache or not.")
    var explain = false

    @Flag(name: .shortAndLong, help: "Print nothing but the image's id.")
    var quiet = false

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags
    @OptionGroup var registry: RegistryFlags

    @Argument(help: "The folder whose files the Dockerfile may use.")
    var context = "."

    mutating func run() async throws {
        let engine = try engineFlags.engine()
        let request = try request()
        let printing = PlainProgress(explains: explain)
        let isQuiet = quiet
        let builder = Builder(library: engine.images, folder: engine.state + "/build")
        let image = try await builder.build(request) { event in
            guard !isQuiet else { return }
            for line in printing.lines(event) { Output.note(line) }
        }
        engine.record(.image, "build", request.names.first ?? image.id.description, ["id": image.id.description])
        if json { return try Output.document(BuiltDocument(image, names: request.names)) }
        try Output.data(image.id.description)
    }

    private func request() throws(TareError) -> BuildRequest {
        guard FolderMaking.isFolder(context) else {
            throw TareError(.notFound, subject: context, "cannot build: there is no such folder")
        }
        var request = BuildRequest(context: context)
        if file == "-" { request.text = try StandardInput.text(limit: 16 << 20) } else { request.file = file }
        request.names = try tag.map { text throws(TareError) in try ImageReference(text).description }
        request.target = target
        request.arguments = try pairs(buildArg, flag: "--build-arg", passesOn: true)
        request.labels = try pairs(label, flag: "--label", passesOn: false)
        if let platform { request.platform = try PlatformText.read(platform) }
        request.ignoresCache = noCache
        request.explains = explain
        for text in secret {
            let parts = try pairs(text.split(separator: ",").map(String.init), flag: "--secret", passesOn: false)
            guard let id = parts["id"], let source = parts["src"] ?? parts["source"] else {
                throw TareError(.usage, subject: "--secret \(text)", "not a secret", hint: "write id=NAME,src=FILE")
            }
            request.secrets[id] = source
        }
        if let text = Environment.nonEmpty("SOURCE_DATE_EPOCH") {
            guard let epoch = Int64(text), epoch >= 0 else {
                throw TareError(.usage, subject: "SOURCE_DATE_EPOCH", "wanted seconds since 1970, got \"\(text)\"")
            }
            request.epoch = epoch
        }
        return request
    }

    /// `NAME=value` pairs; a bare name passes this process's variable on where that is allowed.
    private func pairs(_ texts: [String], flag: String, passesOn: Bool) throws(TareError) -> [String: String] {
        var found: [String: String] = [:]
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = sides.first, !name.isEmpty else {
                throw TareError(.usage, subject: "\(flag) \(text)", "write NAME=value")
            }
            if sides.count > 1 {
                found[name] = sides[1]
            } else if passesOn {
                found[name] = Environment.value(name)
            } else {
                found[name] = ""
            }
        }
        return found
    }
}

/// What `build --json` prints.
struct BuiltDocument: Encodable {
    struct Step: Encodable {
        var stage: String
        var index: Int
        var text: String
        var line: Int
        var outcome: String
        var reasons: [String]
        var layerBytes: Int64?
        var seconds: Double
    }

    var id: String
    var digest: String
    var names: [String]
    var cachedSteps: Int
    var steps: [Step]

    init(_ image: BuiltImage, names: [String]) {
        id = image.id.description
        digest = image.descriptor.digest.description
        self.names = names
        cachedSteps = image.hits
        steps = image.steps.map { step in
            Step(
                stage: step.stage,
                index: step.index,
                text: step.text,
                line: step.position.line,
                outcome: step.outcome.rawValue,
                reasons: step.reason?.lines ?? [],
                layerBytes: step.layerSize?.bytes,
                seconds: step.seconds
            )
        }
    }
}
