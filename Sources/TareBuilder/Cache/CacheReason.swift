/// Why a step was taken from the cache or not.
public enum CacheReason: Hashable, Sendable {
    /// All that it depends on is as it was.
    case hit
    /// The caller wants everything built anew.
    case ignored
    /// No step of this place was built before.
    case unknown
    /// Something that it depends on has changed.
    case changed([Change])
    /// The result was there and is gone: its layer was removed.
    case lost

    /// One thing that has changed.
    public struct Change: Hashable, Sendable {
        /// `parent`, `command`, `argument VERSION`, `file src/main.c`.
        public var name: String
        /// Before; `nil` where it is new.
        public var before: String?
        /// Now; `nil` where it is gone.
        public var now: String?
    }

    /// What is told to people.
    public var lines: [String] {
        switch self {
        case .hit: return ["hit: nothing that it depends on has changed"]
        case .ignored: return ["miss: --no-cache"]
        case .unknown: return ["miss: not built before"]
        case .lost: return ["miss: its layer is no longer in the store"]
        case .changed(let changes):
            let shown = changes.prefix(Self.most).map { "miss: \(Self.line($0))" }
            return shown + (changes.count > Self.most ? ["miss: and \(changes.count - Self.most) more"] : [])
        }
    }

    private static let most = 5

    private static func line(_ change: Change) -> String {
        let isLong = change.name == "parent" || change.name.hasPrefix("file ") || change.name.hasPrefix("mounted ")
        if change.name == "parent" { return "the parent changed: a step before was built anew, or the base is another" }
        switch (change.before, change.now) {
        case (nil, _): return "\(change.name) is new"
        case (_, nil): return "\(change.name) is gone"
        case (let before?, let now?):
            return isLong
                ? "\(change.name) changed" : "\(change.name) changed from '\(short(before))' to '\(short(now))'"
        }
    }

    private static func short(_ text: String) -> String {
        let line =
            text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
        return line.count > 60 || line.count < text.count ? String(line.prefix(60)) + "..." : line
    }
}

extension CacheReason {
    /// Compares what a step depended on with what it depends on now.
    static func compare(_ before: StepKey, _ now: StepKey) -> CacheReason {
        let old = Dictionary(before.parts.map { ($0.name, $0.value) }, uniquingKeysWith: { $0 + "\n" + $1 })
        let new = Dictionary(now.parts.map { ($0.name, $0.value) }, uniquingKeysWith: { $0 + "\n" + $1 })
        var changes: [Change] = []
        for name in now.parts.map(\.name) + before.parts.map(\.name) where old[name] != new[name] {
            let change = Change(name: name, before: old[name], now: new[name])
            if !changes.contains(change) { changes.append(change) }
        }
        return changes.isEmpty ? .lost : .changed(changes)
    }
}
