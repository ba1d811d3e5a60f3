import TareCore
import TareLinux

/// Users and groups of a root, by its own `/etc/passwd` and `/etc/group`.
struct AccountFiles {
    private struct User {
        var name: String
        var uid: UInt32
        var gid: UInt32
        var home: String
    }

    private struct Group {
        var name: String
        var gid: UInt32
        var members: [String]
    }

    private let users: [User]
    private let groups: [Group]

    init(_ root: TreeRoot) {
        users = Self.lines("etc/passwd", in: root).compactMap { fields in
            guard fields.count >= 6, let uid = UInt32(fields[2]), let gid = UInt32(fields[3]) else { return nil }
            return User(name: fields[0], uid: uid, gid: gid, home: fields[5])
        }
        groups = Self.lines("etc/group", in: root).compactMap { fields in
            guard fields.count >= 3, let gid = UInt32(fields[2]) else { return nil }
            let members = fields.count > 3 ? fields[3].split(separator: ",").map(String.init) : []
            return Group(name: fields[0], gid: gid, members: members)
        }
    }

    private static func lines(_ path: String, in root: TreeRoot) -> [[String]] {
        guard let host = root.hostPath(path), let text = try? FileReading.text(at: host, limit: 4 << 20) else {
            return []
        }
        return text.split(separator: "\n").map {
            $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// `user[:group]` of USER: a number needs no entry; without a group it is the user's own, or 0.
    func user(_ text: String, subject: String) throws(TareError) -> StepUser {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts.first ?? ""
        if name.isEmpty { return StepUser() }
        let known = users.first { $0.name == name } ?? UInt32(name).flatMap { uid in users.first { $0.uid == uid } }
        guard let uid = known?.uid ?? UInt32(name) else { throw missing("user", name, "passwd", subject) }
        var user = StepUser(uid: uid, gid: known?.gid ?? 0, home: known?.home ?? "/")
        if parts.count == 2, !parts[1].isEmpty {
            user.gid = try group(parts[1], subject: subject)
        } else if let known {
            user.groups = groups.filter { $0.members.contains(known.name) }.map(\.gid)
        }
        return user
    }

    /// `user[:group]` of `--chown`: without a group, a number stands for both.
    func owner(_ text: String, subject: String) throws(TareError) -> (user: UInt32, group: UInt32) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts.first ?? ""
        let group = parts.count == 2 && !parts[1].isEmpty ? try group(parts[1], subject: subject) : nil
        if let uid = UInt32(name) { return (uid, group ?? uid) }
        if name.isEmpty, let group { return (0, group) }
        guard let known = users.first(where: { $0.name == name }) else {
            throw missing("user", name, "passwd", subject)
        }
        return (known.uid, group ?? known.gid)
    }

    private func group(_ name: String, subject: String) throws(TareError) -> UInt32 {
        if let gid = groups.first(where: { $0.name == name })?.gid ?? UInt32(name) { return gid }
        throw missing("group", name, "group", subject)
    }

    private func missing(_ kind: String, _ name: String, _ file: String, _ subject: String) -> TareError {
        TareError(
            .invalid, subject: subject, "there is no \(kind) '\(name)' in the image's /etc/\(file)",
            hint: "make it with a RUN before, or give a number")
    }
}
