import TareCore

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
        guard name.utf8.count <= 255, !name.isEmpty,
            name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(Self.isComponent)
        else {
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

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*` of the distribution specification.
    private static func isComponent(_ part: Substring) -> Bool {
        let bytes = Array(part.utf8)
        func isWord(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
        guard let first = bytes.first, let last = bytes.last, isWord(first), isWord(last) else { return false }
        var at = 0
        while at < bytes.count {
            let start = at
            while at < bytes.count, !isWord(bytes[at]) { at += 1 }
            let separator = bytes[start..<at]
            guard
                separator.isEmpty || separator.allSatisfy({ $0 == UInt8(ascii: "-") })
                    || separator.elementsEqual(".".utf8)
                    || separator.elementsEqual("_".utf8) || separator.elementsEqual("__".utf8)
            else { return false }
            while at < bytes.count, isWord(bytes[at]) { at += 1 }
        }
        return true
    }
}
