import FoundationEssentials
import Glibc
import TareCore

/// A tree on disk for one test; it goes with the value.
final class TestTree: Sendable {
    let root: String

    init(_ files: [String: String] = [:]) throws {
        root = "/tmp/tare-weigh-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for (path, text) in files { try write(path, Array(text.utf8)) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ path: String, _ bytes: [UInt8]) throws {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: root + "/" + parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: root + path))
    }

    func symlink(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: root + path, withDestinationPath: target)
    }

    func hardLink(_ path: String, to old: String) throws {
        try FileManager.default.linkItem(atPath: root + old, toPath: root + path)
    }

    /// Runs a program of Python, with words as its arguments; 0 where it ends well.
    static func python(_ program: String, _ words: String...) throws -> Int32 {
        let script = try TestTree(["/program.py": program])
        let arguments = ([script.root + "/program.py"] + words).map { "'\($0)'" }.joined(separator: " ")
        return system("/usr/bin/python3 \(arguments) 1>&2")
    }

    /// Whether Python is there with a module.
    static func hasPython(_ module: String) -> Bool {
        system("/usr/bin/python3 -c 'import \(module)' >/dev/null 2>&1") == 0
    }
}

/// A small random source with a seed: the same numbers on every machine.
struct SeededSource: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
