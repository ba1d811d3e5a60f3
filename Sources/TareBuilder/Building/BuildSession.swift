import FoundationEssentials
import Glibc
import TareCore
import TareDockerfile
import TareImages
import TareLinux
import TareOCI

/// One build on its way: the file, what was built of it, and the folder that goes away with it.
final class BuildSession {
    let library: ImageLibrary
    let runner: any StepRunner
    let request: BuildRequest
    let progress: @Sendable (BuildEvent) -> Void
    let file: Dockerfile
    let inputs: BuildInputs
    let global: GlobalScope
    let plan: StagePlan
    let cache: BuildCache
    let cacheFolders: String
    /// Keeps what is built until the image has a name; the lasting one keeps it for the cache.
    let lease: Lease
    let cacheLease: Lease
    let work: BuildFolder
    /// The time of everything that is made.
    let epoch: Int64
    /// Whether the caller gave the time: then older files are left, else those from before the build.
    let epochIsGiven: Bool
    var done: [Int: StageState] = [:]
    var reports: [StepReport] = []
    private var contextSource: CopySource?
    private var trees: [String: TreeMount] = [:]

    init(
        _ builder: Builder, _ request: BuildRequest, _ progress: @escaping @Sendable (BuildEvent) -> Void
    ) throws(TareError) {
        library = builder.library
        runner = builder.runner
        self.request = request
        self.progress = progress
        file = try Self.read(request)
        inputs = BuildInputs(
            arguments: request.arguments, targetPlatform: request.platform.description,
            buildPlatform: ImagePlatform.host.description, targetStage: request.target ?? "default")
        global = try GlobalScope(of: file, inputs: inputs)
        plan = try StagePlan(file, target: request.target, global: global)
        try FolderMaking.make(builder.folder, mode: 0o700)
        cache = try BuildCache(builder.folder)
        cacheFolders = builder.folder + "/mounts"
        lease = try builder.library.content.lease("build")
        cacheLease = try builder.library.content.lastingLease(BuildCache.lease)
        work = try BuildFolder(in: builder.folder, builder.library)
        var given = request.epoch
        if given == nil { given = try Self.epoch(request) }
        epoch = given ?? BuildRequest.standardEpoch
        epochIsGiven = given != nil
    }

    private static func read(_ request: BuildRequest) throws(TareError) -> Dockerfile {
        if let text = request.text { return try Dockerfile(text, name: request.file ?? "Dockerfile") }
        let path = request.file ?? PathText.join(request.context, "Dockerfile")
        let text: String
        do throws(TareError) { text = try FileReading.text(at: path, limit: 16 << 20) } catch {
            guard error.errno == ENOENT else { throw error }
            throw TareError(
                .notFound, subject: path, "cannot find the Dockerfile", hint: "name it with --file", errno: ENOENT)
        }
        return try Dockerfile(text, name: path)
    }

    /// SOURCE_DATE_EPOCH of the arguments, or of the environment.
    private static func epoch(_ request: BuildRequest) throws(TareError) -> Int64? {
        guard let text = request.arguments["SOURCE_DATE_EPOCH"] ?? Environment.nonEmpty("SOURCE_DATE_EPOCH") else {
            return nil
        }
        guard let seconds = Int64(text), seconds >= 0 else {
            throw TareError(
                .usage, subject: "SOURCE_DATE_EPOCH", "'\(text)' is no time", hint: "give seconds since 1970")
        }
        return seconds
    }

    /// The time in RFC 3339.
    var created: String { RFC3339.text(epoch) }

    func run() async throws(TareError) -> BuiltImage {
        for name in file.unusedArguments(of: inputs) {
            progress(.warned(place: file.name, message: "no ARG declares the build argument '\(name)'"))
        }
        for warning in file.warnings {
            progress(
                .warned(
                    place: "\(file.name):\(warning.position)", message: "\(warning.message) (\(warning.rule.rawValue))")
            )
        }
        for index in plan.order { done[index] = try await build(stage: index) }
        guard let state = done[plan.target] else {
            throw TareError(.internal, subject: file.name, "the stage to build was not built")
        }
        return try finish(state)
    }

    /// Writes configuration and manifest and gives the names; nothing of the image is seen before.
    private func finish(_ state: StageState) throws(TareError) -> BuiltImage {
        var config = state.config
        config.created = created
        if !request.labels.isEmpty {
            var execution = config.config ?? ImageConfig.Execution()
            execution.labels = (execution.labels ?? [:]).merging(request.labels) { $1 }
            config.config = execution
        }
        let content = library.content
        let described = try content.put(document: config, mediaType: .config, lease: lease)
        let manifest = ImageManifest(config: described, layers: state.layers.map(\.blob))
        var descriptor = try content.put(document: manifest, mediaType: .manifest, lease: lease)
        descriptor.platform = request.platform
        for name in request.names { try library.names.put(name, descriptor) }
        return BuiltImage(
            descriptor: descriptor, id: described.digest, snapshotKey: state.top, config: config, steps: reports)
    }

    // MARK: - Sources

    /// The context, opened when it is first needed.
    func context() throws(TareError) -> CopySource {
        if let contextSource { return contextSource }
        let rules = try ignoreRules()
        let source: CopySource
        do throws(TareError) {
            source = try CopySource(request.context, name: "the context", rules: rules, dropsOwners: true)
        } catch {
            throw TareError(
                .notFound, subject: request.context, "cannot open the build's context: \(error.message)",
                hint: "name a folder", errno: error.errno)
        }
        contextSource = source
        return source
    }

    /// `<Dockerfile>.dockerignore` where it is there, else `.dockerignore` of the context.
    private func ignoreRules() throws(TareError) -> IgnoreRules {
        let own = (request.file ?? PathText.join(request.context, "Dockerfile")) + ".dockerignore"
        for path in [own, PathText.join(request.context, ".dockerignore")] where FileReading.exists(path) {
            return try IgnoreRules(text: FileReading.text(at: path, limit: 16 << 20), name: path)
        }
        return IgnoreRules()
    }

    /// What `--from` names: an earlier stage, or an image.
    func source(named name: String, before index: Int) throws(TareError) -> CopySource {
        let tree: TreeMount
        let title: String
        if let stage = file.stage(name, before: index), let state = done[stage.index] {
            tree = try mounted(state.top)
            title = "stage \(stage.label)"
        } else {
            let image = try image(named: name, platform: request.platform, place: nil)
            tree = try mounted(image.chain.isEmpty ? nil : try library.unpack(image, lease: lease))
            title = "image \(name)"
        }
        return try CopySource(tree.path, name: title, dropsOwners: false)
    }

    /// A snapshot, mounted for reading as long as the build lives.
    func mounted(_ key: String?) throws(TareError) -> TreeMount {
        let name = key ?? ""
        if let known = trees[name] { return known }
        let path = try work.makeFolder("tree")
        let tree = try TreeMount(key, at: path, library)
        trees[name] = tree
        return tree
    }

    func image(named name: String, platform: ImagePlatform, place: String?) throws(TareError) -> Image {
        do throws(TareError) { return try library.image(name, platform: platform) } catch {
            guard error.code == .notFound else { throw error }
            throw TareError(
                .notFound, subject: place ?? name, "cannot find the image '\(name)' on this machine",
                hint: "pull, load or build it first; see `tare image ls`")
        }
    }
}
