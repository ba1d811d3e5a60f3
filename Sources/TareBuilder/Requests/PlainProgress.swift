import TareCore

/// Turns a build's events into lines, as `docker build --progress=plain` has them.
///
///     [build 2/4] RUN make
///     [build 2/4]   cc -o app app.c
///     [build 2/4] built in 1.2 s, layer of 3.40 MiB
public struct PlainProgress: Sendable {
    /// Whether reasons of the cache are told.
    public var explains: Bool

    /// Chooses what is told.
    public init(explains: Bool = false) { self.explains = explains }

    /// The lines of one event.
    public func lines(_ event: BuildEvent) -> [String] {
        switch event {
        case .began(let stage, let index, let count, let text):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return ["\(label(stage, index, count)) \(lines.first ?? "")\(lines.count > 1 ? " ..." : "")"]
        case .output(let stage, let index, let line): return ["[\(stage) \(index)]   \(line)"]
        case .warned(let place, let message): return ["warning: \(place): \(message)"]
        case .ended(let step):
            let name = label(step.stage, step.index, step.count)
            var lines: [String] = []
            switch step.outcome {
            case .built:
                let size = step.layerSize.map { ", layer of \($0)" } ?? ""
                lines.append("\(name) built in \(Self.tenths(step.seconds)) s\(size)")
            case .cached: lines.append("\(name) cached\(step.layerSize.map { ", layer of \($0)" } ?? "")")
            case .metadata: if step.index > 0 { lines.append("\(name) metadata, no layer") }
            case .unchanged: lines.append("\(name) changed no file, no layer")
            }
            if explains, let reason = step.reason {
                lines += reason.lines.map { "\(name)   \($0)" }
            }
            return lines
        }
    }

    private func label(_ stage: String, _ index: Int, _ count: Int) -> String { "[\(stage) \(index)/\(count)]" }

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
