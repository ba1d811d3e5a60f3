import TareCore

/// An image in one archive, compressed or not: its members are found by one pass over the headers.
///
/// Opening a member reads the archive up to it again, which skips in a plain tar and decompresses in others.
struct ArchiveStore: ImageStore {
    private struct Member {
        var ordinal: UInt64
        /// The member that this one leads to, where it is a link.
        var link: String?
    }

    let subject: String
    let hostAllocated: Int64
    private let members: [String: Member]

    /// Reads the headers of the archive at `path`.
    init(_ path: String) throws(TareError) {
        subject = path
        hostAllocated = try RawFile(path).hostAllocated
        let stream = try ArchiveStream(FileInput(path))
        var members: [String: Member] = [:]
        var budget = TreeBudget(path)
        while let entry = try stream.next() {
            let name = String(entry.path.dropFirst())
            try budget.spend(path: name.utf8.count)
            var link = entry.hardLink.map { $0.map { EntryName.text($0) }.joined(separator: "/") }
            if entry.kind == .symlink, let target = entry.target {
                link = Self.resolve(EntryName.text(target), from: entry)
            }
            members[name] = Member(ordinal: entry.ordinal, link: link)
        }
        self.members = members
    }

    /// Whether there is a member of that name.
    func contains(_ name: String) -> Bool { members[name] != nil }

    func open(_ name: String) throws(TareError) -> any ByteInput {
        var name = name
        var member = members[name]
        for _ in 0..<8 {
            guard let next = member?.link else { break }
            name = next
            member = members[next]
        }
        guard let member, member.link == nil else {
            throw TareError(
                .notFound, subject: subject, "cannot find \(name) in the archive", hint: "save the image again")
        }
        let stream = try ArchiveStream(FileInput(subject))
        while let entry = try stream.next() {
            if entry.ordinal == member.ordinal { return EntryInput(stream, subject: subject + "/" + name) }
        }
        throw .corrupt(subject, "\(name) is no longer in it: the archive changed while it was read")
    }

    /// The member that a relative link leads to; climbing stops at the archive's root.
    private static func resolve(_ target: String, from entry: ArchiveEntry) -> String {
        var parts = entry.names.dropLast().map { EntryName.text($0) }
        for part in target.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}
