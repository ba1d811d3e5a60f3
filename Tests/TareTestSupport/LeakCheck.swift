import FoundationEssentials
import Glibc

/// What a test could leave behind on this host: a snapshot to compare with another.
///
///     let before = LeakCheck.now()
///     ...
///     #expect(LeakCheck.now().beyond(before) == [])
///
/// Only what could be Tare's is looked at, so that other work on the machine is no leak: mounts and processes below a
/// folder, names with `tare` in them. A test that runs beside others passes a word that only its own things carry.
public struct LeakCheck: Sendable, Hashable {
    /// One line each: what kind of thing, and which.
    public var things: Set<String>

    /// Takes a snapshot.
    ///
    /// - Parameter word: what the names of looked-at things contain.
    /// - Returns: mounts, control groups, network links, named network namespaces, and processes whose command line
    ///   contains the word.
    public static func now(of word: String = "tare-") -> LeakCheck {
        var things: Set<String> = []
        for line in lines("/proc/self/mounts") where line.contains(word) {
            things.insert("mount " + line.split(separator: " ").dropFirst().prefix(1).joined())
        }
        for line in lines("/proc/net/dev") where line.contains(word) {
            things.insert("link " + line.split(separator: ":")[0].filter { $0 != " " })
        }
        for name in entries("/run/netns") where name.contains(word) { things.insert("netns \(name)") }
        for hierarchy in lines("/proc/self/mounts") where hierarchy.contains(" cgroup") {
            let folder = String(hierarchy.split(separator: " ")[1])
            for path in groups(below: folder, depth: 3) where path.contains(word) { things.insert("cgroup \(path)") }
        }
        for entry in entries("/proc") {
            guard let pid = Int32(entry), pid != getpid() else { continue }
            let command = (lines("/proc/\(entry)/cmdline").first ?? "").replacing("\0", with: " ")
            // What a test's own process has started as its tool, say the validator, is not what it left behind.
            if command.contains(word), !command.contains("swift"), !command.contains(".xctest") {
                things.insert("process \(pid) \(command.prefix(120))")
            }
        }
        return LeakCheck(things: things)
    }

    /// What is here and was not there before, sorted.
    public func beyond(_ before: LeakCheck) -> [String] { things.subtracting(before.things).sorted() }

    /// As `beyond`, but gives what ends by itself a moment to do so.
    ///
    /// - Parameters:
    ///   - before: the snapshot from the start.
    ///   - word: as in `now`.
    ///   - seconds: the longest to wait.
    /// - Returns: what is left after that.
    public static func left(since before: LeakCheck, of word: String = "tare-", within seconds: Double = 5) -> [String]
    {
        let turns = max(1, Int(seconds * 50))
        for _ in 0..<turns {
            let left = now(of: word).beyond(before)
            if left.isEmpty { return [] }
            usleep(20_000)
        }
        return now(of: word).beyond(before)
    }

    private static func groups(below folder: String, depth: Int) -> [String] {
        guard depth > 0 else { return [] }
        return entries(folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            var facts = stat()
            guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return [] }
            return [path] + groups(below: path, depth: depth - 1)
        }
    }

    private static func entries(_ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func lines(_ path: String) -> [String] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = fread(&part, 1, part.count, file)
            if count == 0 { break }
            bytes += part[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
