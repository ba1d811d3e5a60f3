import FoundationEssentials
import TareCore
import TareDockerfile
import TareImages
import TareLinux
import TareOCI

extension BuildSession {
    /// Docker's own search path, where the base says none.
    static let standardPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    func build(stage index: Int) async throws(TareError) -> StageState {
        let stage = file.stages[index]
        var state = try begin(stage)
        let triggers = try triggers(of: &state)
        let count = triggers.count + stage.instructions.count
        let clock = ContinuousClock()
        let began = clock.now
        let from = StepPlace(
            stage: stage, index: 0, count: count, text: stage.original, position: stage.position, file: file.name)
        report(from, .metadata, nil, nil, since: began)
        for (number, instruction) in (triggers + stage.instructions).enumerated() {
            if Task.isCancelled { throw TareError(.cancelled, subject: file.name, "the build was stopped") }
            let isTrigger = number < triggers.count
            let place = StepPlace(
                stage: stage, index: number + 1, count: count, text: Self.text(of: instruction),
                position: isTrigger ? stage.position : instruction.position, file: file.name)
            progress(.began(stage: stage.label, index: place.index, count: count, text: place.text))
            try await perform(instruction, place, &state)
        }
        return state
    }

    private func begin(_ stage: Stage) throws(TareError) -> StageState {
        let platform = try platform(of: stage)
        let subject = "\(file.name):\(stage.base.position)"
        switch plan.bases[stage.index] {
        case .stage(let index):
            guard let base = done[index] else {
                throw TareError(.internal, subject: subject, "the stage that it stands on was not built")
            }
            var state = StageState(
                stage: stage, layers: base.layers, chain: base.chain, config: base.config,
                scope: StageScope(global: global, environment: base.execution.environment ?? []))
            state.config.author = base.config.author
            return state
        case .image(let name):
            let image = try image(named: name, platform: platform, place: subject)
            if !image.chain.isEmpty { try library.unpack(image, lease: lease) }
            for layer in image.manifest.layers { _ = try library.content.protect(layer.digest, by: lease) }
            let layers = zip(image.manifest.layers, image.config.rootfs.diffIDs).map {
                BuildLayer(blob: $0, diffID: $1)
            }
            return StageState(
                stage: stage, layers: layers, chain: image.chain, config: image.config,
                scope: StageScope(global: global, environment: image.config.config?.environment ?? []))
        case .scratch, nil:
            var config = ImageConfig(
                architecture: platform.architecture, os: platform.os, rootfs: ImageConfig.RootFS(diffIDs: []))
            var execution = ImageConfig.Execution()
            execution.environment = [Self.standardPath]
            execution.workingDirectory = "/"
            config.config = execution
            return StageState(
                stage: stage, config: config, scope: StageScope(global: global, environment: [Self.standardPath]))
        }
    }

    private func platform(of stage: Stage) throws(TareError) -> ImagePlatform {
        guard let word = stage.platform else { return request.platform }
        let text = try global.expand(word)
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 2 || parts.count == 3 else {
            throw TareError(
                .invalid, subject: "\(file.name):\(word.position)", "'\(text)' is no platform",
                hint: "write linux/amd64 or linux/arm64/v8")
        }
        return ImagePlatform(architecture: parts[1], os: parts[0], variant: parts.count == 3 ? parts[2] : nil)
    }

    /// The instructions that the base has kept for this build.
    private func triggers(of state: inout StageState) throws(TareError) -> [Instruction] {
        guard case .image = plan.bases[state.stage.index], let lines = state.execution.onBuild, !lines.isEmpty else {
            return []
        }
        state.execution.onBuild = nil
        var found: [Instruction] = []
        for line in lines {
            found += try Dockerfile("FROM scratch\n\(line)\n", name: "ONBUILD of \(state.stage.base.text)")
                .stages[0].instructions
        }
        return found
    }

    /// The line for the history: the keyword in capitals, spaces of continued lines as one.
    static func text(of instruction: Instruction) -> String {
        var words: [Substring] = []
        for word in instruction.original.split(whereSeparator: { $0 == " " || $0 == "\t" }) { words.append(word) }
        let keyword = words.first.map { $0.uppercased() } ?? ""
        return ([keyword] + words.dropFirst().map(String.init)).joined(separator: " ")
    }

    func report(
        _ place: StepPlace, _ outcome: StepReport.Outcome, _ reason: CacheReason?, _ layer: BuildLayer?,
        since began: ContinuousClock.Instant
    ) {
        let took = (ContinuousClock().now - began).components
        let step = StepReport(
            stage: place.stage.label, index: place.index, count: place.count, text: place.text,
            position: place.position, outcome: outcome, reason: reason,
            layerSize: layer.map { ByteCount($0.blob.size) },
            seconds: Double(took.seconds) + Double(took.attoseconds) / 1e18)
        if place.index == 0 { progress(.began(stage: step.stage, index: 0, count: step.count, text: step.text)) }
        reports.append(step)
        progress(.ended(step))
    }
}
