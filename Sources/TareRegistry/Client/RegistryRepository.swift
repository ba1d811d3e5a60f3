import TareCore
import TareOCI

/// Where images lie: a registry's host and a repository in it.
public struct RegistryRepository: Sendable, Hashable, CustomStringConvertible {
    /// Name or address, with its port: `127.0.0.1:5000`, `registry.example`.
    public let host: String
    /// The repository: `library/debian`.
    public let name: String

    /// Takes a host and a repository's name.
    ///
    /// - Throws: `invalid` where the specification does not allow the name, or the host has other than host and port.
    public init(host: String, name: String) throws(TareError) {
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else {
            throw TareError(.invalid, subject: host, "not a registry's host and port", hint: "write it as host:port")
        }
        guard RepositoryName(name) != nil else {
            throw TareError(
                .invalid,
                subject: name,
                "not a repository's name",
                hint: "use lower-case letters, digits and single . _ - between them, in parts separated by /"
            )
        }
        self.host = host
        self.name = name
    }

    /// `127.0.0.1:5000/library/debian`.
    public var description: String { "\(host)/\(name)" }

    /// Whether the host is this machine, to which plain HTTP is no risk.
    var isLoopback: Bool {
        var bare = host[...]
        if bare.hasPrefix("["), let end = bare.firstIndex(of: "]") {
            bare = bare[bare.index(after: bare.startIndex)..<end]
            return bare == "::1"
        }
        if let colon = bare.lastIndex(of: ":") { bare = bare[..<colon] }
        if bare == "localhost" { return true }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || ".-:[]".utf8.contains(byte)
    }
}
