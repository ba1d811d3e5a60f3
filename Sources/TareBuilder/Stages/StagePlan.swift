import TareCore
import TareDockerfile
import TareOCI

/// Which stages a build needs, and what each stands on.
struct StagePlan {
    /// What a stage stands on.
    enum Base: Hashable {
        case scratch
        case stage(Int)
        case image(String)
    }

    /// The base of each stage of the file, needed or not; `nil` where it is not needed.
    private(set) var bases: [Base?]
    /// The stage that becomes the image.
    let target: Int

    /// The needed stages, each after those that it needs.
    var order: [Int] { bases.indices.filter { bases[$0] != nil } }

    init(_ file: Dockerfile, target name: String?, global: GlobalScope) throws(TareError) {
        target = try Self.target(file, name)
        bases = Array(repeating: nil, count: file.stages.count)
        var open = [target]
        while let index = open.popLast() {
            guard bases[index] == nil else { continue }
            let stage = file.stages[index]
            let base = try Self.base(of: stage, file, global)
            bases[index] = base
            if case .stage(let other) = base { open.append(other) }
            for instruction in stage.instructions {
                for name in Self.sources(of: instruction) {
                    if let other = file.stage(name, before: index) { open.append(other.index) }
                }
            }
        }
    }

    private static func target(_ file: Dockerfile, _ name: String?) throws(TareError) -> Int {
        guard let name else { return file.stages.count - 1 }
        if let stage = file.stage(name) { return stage.index }
        let names = file.stages.compactMap { $0.name?.text }
        let meant = Suggestion.nearest(to: name, among: names)
        throw TareError(
            .invalid, subject: file.name, "there is no stage '\(name)' to build",
            hint: meant.map { "did you mean \($0)?" }
                ?? "there are \(names.isEmpty ? "numbers only" : names.joined(separator: ", "))")
    }

    private static func base(of stage: Stage, _ file: Dockerfile, _ global: GlobalScope) throws(TareError) -> Base {
        let name = try global.expand(stage.base)
        guard !name.isEmpty else {
            throw TareError(
                .invalid, subject: "\(file.name):\(stage.base.position)",
                "the base '\(stage.base.text)' is empty once its variables are replaced",
                hint: "declare them with ARG before the first FROM, or pass --build-arg")
        }
        if name == "scratch" { return .scratch }
        // A number names a stage in --from only; as a base it is an image's name.
        if let other = file.stage(name, before: stage.index), other.name?.text == name.lowercased() {
            return .stage(other.index)
        }
        return .image(name)
    }

    /// What an instruction takes from: names of stages or images.
    static func sources(of instruction: Instruction) -> [String] {
        switch instruction.action {
        case .copy(let transfer): return transfer.from.map { [$0.text] } ?? []
        case .run(let step): return step.mounts.compactMap { (try? RunMount($0.text))?.from }
        default: return []
        }
    }
}
