import TareCore
import TareLinux

/// What decides a step's result, part by part, so that a miss can say which part changed.
struct StepKey: Hashable, Codable, Sendable {
    /// One thing that the result depends on.
    struct Part: Hashable, Codable, Sendable {
        /// `command`, `argument VERSION`, `file src/main.c`.
        var name: String
        /// Its value, or a digest of it.
        var value: String
    }

    private(set) var parts: [Part] = []

    mutating func add(_ name: String, _ value: String) { parts.append(Part(name: name, value: value)) }

    /// One digest of all parts; their order counts.
    func digest() throws(TareError) -> Digest {
        var hash = try SHA256()
        for part in parts {
            // Lengths in front, or two parts could pass for one.
            try hash.update(Array("\(part.name.utf8.count) \(part.name) \(part.value.utf8.count) \(part.value)\n".utf8))
        }
        return try hash.finish()
    }
}
