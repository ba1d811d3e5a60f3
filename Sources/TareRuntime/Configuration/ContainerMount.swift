/// Something that is mounted in a container.
public struct ContainerMount: Sendable, Hashable, Codable {
    /// Where, absolute, in the container.
    public var destination: String
    /// The file system's type; `bind` for a folder or file of the host.
    public var type: String
    /// What: a path of the host, or a word that the file system knows.
    public var source: String
    /// Mount options.
    public var options: [String]

    /// Takes the four as they are.
    public init(destination: String, type: String, source: String, options: [String]) {
        self.destination = destination
        self.type = type
        self.source = source
        self.options = options
    }

    /// A folder or file of the host.
    ///
    /// - Parameters:
    ///   - source: its absolute path on the host.
    ///   - destination: where it is seen.
    ///   - isReadOnly: whether it cannot be written there.
    /// - Returns: the mount.
    public static func bind(_ source: String, to destination: String, isReadOnly: Bool = false) -> ContainerMount {
        ContainerMount(
            destination: destination,
            type: "bind",
            source: source,
            options: ["rbind", "rprivate", isReadOnly ? "ro" : "rw"]
        )
    }

    /// A file system in memory.
    ///
    /// - Parameters:
    ///   - destination: where it is seen.
    ///   - options: as `size=64m`, `mode=1777`.
    /// - Returns: the mount.
    public static func tmpfs(_ destination: String, options: [String] = []) -> ContainerMount {
        ContainerMount(
            destination: destination,
            type: "tmpfs",
            source: "tmpfs",
            options: ["nosuid", "nodev", "noexec"] + options
        )
    }
}
