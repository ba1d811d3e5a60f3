import TareCore

/// An image's name in full: registry, repository, and a tag, a digest or both.
///
/// Short forms are completed as Docker does: `debian` is `docker.io/library/debian:latest`, `me/app` is
/// `docker.io/me/app:latest`, `localhost:5000/app` names a registry. So one image has one name.
///
///     let reference = try ImageReference("debian:12")
///     reference.description   // docker.io/library/debian:12
///     reference.familiar      // debian:12
public struct ImageReference: Hashable, Sendable, CustomStringConvertible {
    /// The registry: `docker.io`, `localhost:5000`.
    public let registry: String
    /// The repository in it: `library/debian`.
    public let repository: String
    /// The tag; `nil` only where there is a digest.
    public let tag: String?
    /// The digest that the manifest or index must have.
    public let digest: Digest?

    /// The registry that short names mean.
    public static let defaultRegistry = "docker.io"
    /// The tag that is meant where none is given.
    public static let defaultTag = "latest"
    /// The longest registry and repository together, in bytes.
    public static let longestName = 255

    /// Reads a name as a user types it.
    ///
    /// - Throws: `usage` that says which rule is broken.
    public init(_ text: String) throws(TareError) {
        func wrong(_ reason: String) -> TareError {
            TareError(
                .usage, subject: text, "cannot read the image name: \(reason)",
                hint: "write [registry/]repository[:tag][@sha256:digest], such as debian:12")
        }
        guard !text.isEmpty else { throw wrong("it is empty") }
        var rest = text[...]
        var digest: Digest?
        if let at = rest.firstIndex(of: "@") {
            guard let found = Digest(String(rest[rest.index(after: at)...])) else {
                throw wrong("what follows the @ is no sha256 digest")
            }
            digest = found
            rest = rest[..<at]
        }
        var tag: String?
        // A colon after the last slash begins a tag; one before it belongs to a registry's port.
        let name = rest.lastIndex(of: "/").map { rest.index(after: $0) } ?? rest.startIndex
        if let colon = rest[name...].firstIndex(of: ":") {
            let found = String(rest[rest.index(after: colon)...])
            guard Self.isTag(found) else {
                throw wrong("\"\(found)\" is no tag: up to 128 letters, digits, _ . and -, not beginning with . or -")
            }
            tag = found
            rest = rest[..<colon]
        }
        var registry = Self.defaultRegistry
        if let slash = rest.firstIndex(of: "/") {
            let first = rest[..<slash]
            if first.contains(".") || first.contains(":") || first == "localhost"
                || first.contains(where: \.isUppercase)
            {
                registry = String(first)
                rest = rest[rest.index(after: slash)...]
            }
        }
        if registry == "index.docker.io" { registry = Self.defaultRegistry }
        guard Self.isRegistry(registry) else { throw wrong("\"\(registry)\" is no registry") }
        var repository = String(rest)
        if registry == Self.defaultRegistry, !repository.contains("/") { repository = "library/" + repository }
        guard !rest.isEmpty else { throw wrong("the repository is missing") }
        guard !repository.contains(where: \.isUppercase) else { throw wrong("the repository must be in lower case") }
        guard repository.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(Self.isComponent) else {
            throw wrong("\"\(rest)\" is no repository: lower-case letters and digits, with . _ __ or - between them")
        }
        guard registry.utf8.count + 1 + repository.utf8.count <= Self.longestName else {
            throw wrong("it is longer than \(Self.longestName) bytes")
        }
        guard Digest(hex: String(rest)) == nil else { throw wrong("64 hexadecimal digits are an id, not a name") }
        self.registry = registry
        self.repository = repository
        self.tag = tag ?? (digest == nil ? Self.defaultTag : nil)
        self.digest = digest
    }

    private init(registry: String, repository: String, tag: String?, digest: Digest?) {
        self.registry = registry
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// The same image by its digest alone.
    public func pinned(to digest: Digest) -> ImageReference {
        ImageReference(registry: registry, repository: repository, tag: nil, digest: digest)
    }

    /// The same repository with another tag.
    ///
    /// - Throws: `usage` where it is no tag.
    public func tagged(_ tag: String) throws(TareError) -> ImageReference {
        guard Self.isTag(tag) else { throw TareError(.usage, subject: tag, "cannot use it as a tag") }
        return ImageReference(registry: registry, repository: repository, tag: tag, digest: nil)
    }

    /// Registry and repository: `docker.io/library/debian`.
    public var name: String { registry + "/" + repository }

    /// In full: `docker.io/library/debian:12`.
    public var description: String { name + suffix }

    /// As short as it can be: `debian:12`.
    public var familiar: String {
        guard registry == Self.defaultRegistry else { return description }
        return (repository.hasPrefix("library/") ? String(repository.dropFirst(8)) : repository) + suffix
    }

    /// What a registry is asked for: the digest where there is one, otherwise the tag.
    public var selector: String { digest?.description ?? tag ?? Self.defaultTag }

    private var suffix: String { (tag.map { ":" + $0 } ?? "") + (digest.map { "@\($0)" } ?? "") }

    /// Whether a text is a tag.
    public static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128, isWord(first) else { return false }
        return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// Whether a text is a repository: components with slashes between.
    public static func isRepository(_ text: String) -> Bool {
        text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isComponent)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isLower(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }

    /// Letters and digits, with one dot, one or two underscores, or any number of dashes between them.
    private static func isComponent(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, isLower(first), isLower(last) else { return false }
        var place = 0
        while place < bytes.count {
            if isLower(bytes[place]) {
                place += 1
                continue
            }
            let separator = bytes[place]
            let run = bytes[place...].prefix { $0 == separator }.count
            switch separator {
            case UInt8(ascii: "."): guard run == 1 else { return false }
            case UInt8(ascii: "_"): guard run <= 2 else { return false }
            case UInt8(ascii: "-"): break
            default: return false
            }
            place += run
            guard place < bytes.count, isLower(bytes[place]) else { return false }
        }
        return true
    }

    /// A host name or an address in brackets, with a port or without.
    private static func isRegistry(_ text: String) -> Bool {
        var host = text[...]
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return false }
            let address = host[host.index(after: host.startIndex)..<end]
            guard !address.isEmpty, address.allSatisfy({ $0.isHexDigit || $0 == ":" }) else { return false }
            let port = host[host.index(after: end)...]
            return port.isEmpty || (port.hasPrefix(":") && isPort(port.dropFirst()))
        }
        if let colon = host.firstIndex(of: ":") {
            guard isPort(host[host.index(after: colon)...]) else { return false }
            host = host[..<colon]
        }
        return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            let bytes = Array(label.utf8)
            guard let first = bytes.first, let last = bytes.last else { return false }
            let isDash = { (byte: UInt8) in byte == UInt8(ascii: "-") }
            return !isDash(first) && !isDash(last)
                && bytes.allSatisfy { isDash($0) || (isWord($0) && $0 != UInt8(ascii: "_")) }
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}

extension ImageReference: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the full text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
