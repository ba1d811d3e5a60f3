import TareCore

/// What `-v` and `--tmpfs` ask for: a place in the container that is not its writable layer.
public struct VolumeMount: Sendable, Hashable, Codable {
    /// Where the content is.
    public enum Source: Sendable, Hashable, Codable {
        /// A folder or file of the host.
        case bind(path: String)
        /// A named volume of the engine.
        case volume(name: String)
        /// Memory, with mount options.
        case memory(options: [String])
    }

    /// The content.
    public var source: Source
    /// The absolute path in the container.
    public var destination: String
    /// Whether it cannot be written.
    public var isReadOnly: Bool
    /// Whether a new volume begins with what the image has there.
    public var copiesContent: Bool

    /// Takes all of it.
    public init(source: Source, destination: String, isReadOnly: Bool = false, copiesContent: Bool = true) {
        self.source = source
        self.destination = destination
        self.isReadOnly = isReadOnly
        self.copiesContent = copiesContent
    }

    /// Reads `HOST:CONTAINER[:OPTIONS]`, `NAME:CONTAINER[:OPTIONS]` or `CONTAINER` (a volume without a name).
    ///
    /// - Parameters:
    ///   - text: the flag's value.
    ///   - anonymous: the name for a volume that has none.
    /// - Throws: `usage` saying which part is wrong.
    public init(_ text: String, anonymous: String) throws(TareError) {
        func refuse(_ message: String, _ hint: String? = nil) -> TareError {
            TareError(.usage, subject: "-v \(text)", message, hint: hint)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), !parts.contains("") else {
            throw refuse("not a volume", "write it as /host:/container, name:/container or /container, then :ro or :rw")
        }
        let options = parts.count == 3 ? parts[2].split(separator: ",").map(String.init) : []
        for option in options where !["ro", "rw", "nocopy", "rprivate", "private", "z", "Z"].contains(option) {
            throw refuse("unknown option \(option)", "known ones are ro, rw and nocopy")
        }
        let target = parts.count == 1 ? parts[0] : parts[1]
        guard target.hasPrefix("/") else { throw refuse("the place in the container must be an absolute path") }
        guard target != "/" else { throw refuse("the place in the container cannot be /") }
        isReadOnly = options.contains("ro")
        copiesContent = !options.contains("nocopy")
        destination = target
        if parts.count == 1 {
            source = .volume(name: anonymous)
        } else if parts[0].hasPrefix("/") {
            source = .bind(path: parts[0])
        } else if parts[0].hasPrefix(".") || parts[0].contains("/") {
            throw refuse("a folder of the host must be an absolute path", "write $PWD/\(parts[0])")
        } else {
            try ContainerName.check(parts[0])
            source = .volume(name: parts[0])
        }
    }
}
