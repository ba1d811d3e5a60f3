import Glibc
import TareCore
import TareLinux
import TareRuntime

/// Turns an image's or user's `USER` word into numbers, by the container's own /etc/passwd and /etc/group.
///
/// A name that the files do not have is an error; a number they do not have is taken as it is, with group 0.
public struct UserLookup {
    private let users: [[String]]
    private let groups: [[String]]

    /// Reads the two files below a root; missing ones are empty.
    ///
    /// - Parameter root: a mounted root. The files are opened without following links out of it.
    public init(root: String) {
        let tree = RootedTree(root)
        self.init(passwd: tree.text("etc/passwd") ?? "", group: tree.text("etc/group") ?? "")
    }

    /// Takes the files' texts: for tests.
    init(passwd: String, group: String) {
        users = Self.rows(passwd)
        groups = Self.rows(group)
    }

    /// The user of `name`, `uid`, `name:group`, `uid:gid`.
    ///
    /// - Parameters:
    ///   - text: the word; empty for root.
    ///   - additional: further groups by name or number.
    /// - Returns: the numbers, and the user's home folder where the file has one.
    /// - Throws: `notFound` where a name is in neither file.
    public func user(_ text: String, additional: [String] = []) throws(TareError) -> (
        user: ContainerUser, home: String?
    ) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let word = parts[0].isEmpty ? "0" : parts[0]
        let row = users.first { $0.count >= 4 && $0[0] == word } ?? users.first { $0.count >= 4 && $0[2] == word }
        var user = ContainerUser()
        if let row, let uid = UInt32(row[2]), let gid = UInt32(row[3]) {
            user.uid = uid
            user.gid = gid
            if parts.count == 1 {
                user.additionalGroups = groups.filter {
                    $0.count >= 4 && $0[3].split(separator: ",").contains(Substring(row[0]))
                }
                .compactMap { UInt32($0[2]) }.filter { $0 != gid }
            }
        } else if let uid = UInt32(word) {
            user.uid = uid
        } else {
            throw TareError(.notFound, subject: text, "the image has no user \(word) in /etc/passwd")
        }
        if parts.count > 1, !parts[1].isEmpty { user.gid = try group(parts[1]) }
        for name in additional {
            let gid = try group(name)
            if !user.additionalGroups.contains(gid) { user.additionalGroups.append(gid) }
        }
        return (user, row.flatMap { $0.count >= 6 && !$0[5].isEmpty ? $0[5] : nil })
    }

    private func group(_ word: String) throws(TareError) -> UInt32 {
        if let row = groups.first(where: { $0.count >= 3 && $0[0] == word }), let gid = UInt32(row[2]) { return gid }
        if let gid = UInt32(word) { return gid }
        throw TareError(.notFound, subject: word, "the image has no group \(word) in /etc/group")
    }

    private static func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
