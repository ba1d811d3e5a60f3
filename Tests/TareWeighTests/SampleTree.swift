import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareWeigh

/// A folder that goes when the test ends, with what file systems find hard inside.
final class SampleTree {
    let folder = TemporaryRoot.make()

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs a shell command inside the folder; its failure is the test's.
    func run(_ command: String) throws {
        let status = system("cd '\(folder)' && export LC_ALL=C && { \(command) ; } > command.log 2>&1")
        if status != 0 {
            Issue.record("\(command): \(try FileReading.text(at: folder + "/command.log"))")
            throw TareError(.internal, subject: command, "the command failed")
        }
    }

    func write(_ path: String, _ bytes: [UInt8]) throws {
        let full = folder + "/" + path
        let parent = full.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/" + parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: full))
    }

    /// Fills `tree` with files of many kinds.
    func plant(many: Int = 400, noise: Int = 700_001) throws {
        var random = Seeded(7)
        try write("tree/etc/hostname", Array("sample\n".utf8))
        try write("tree/etc/empty", [])
        try write("tree/tiny", Array("0123456789".utf8))
        try write("tree/inside", (0..<120).map { UInt8($0) })
        try write("tree/noise", (0..<noise).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        try write("tree/deep/a/b/c/d/e/f/g/h/leaf", Array("deep".utf8))
        try write("tree/Grüße/日本", Array("utf-8".utf8))
        for number in 0..<many { try write("tree/many/a-name-that-fills-its-entry-\(number)", [UInt8(number & 255)]) }
        let long = String(repeating: "long/", count: 45) + "end"
        try run(
            """
            ln -s hostname tree/etc/short; ln -s \(long) tree/etc/long; ln tree/tiny tree/etc/second; \
            truncate -s 9000000 tree/sparse; \
            printf data | dd of=tree/sparse bs=1 seek=5000000 conv=notrunc; mkfifo tree/pipe; mkdir tree/none
            """)
    }
}

/// SplitMix64: the same numbers on each run.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// What a tree holds, so that two readers can be compared.
struct TreeFacts: Equatable {
    var lines: [String] = []

    /// One line an entry: path, kind, size, target, content's digest, and the first name of its hard links.
    init(_ reader: any TreeReader) throws {
        let tree = try reader.tree()
        let nodes = tree.nodes.filter { !$0.path.hasPrefix("/lost+found") }
        let files = nodes.filter { $0.kind == .regular }
        var contents: [String: Digest] = [:]
        var bytes = [[UInt8]](repeating: [], count: files.count)
        var ends = 0
        try reader.readEach(files) { (place, piece) throws(TareError) in
            if piece.isEmpty { ends += 1 } else { bytes[place].append(contentsOf: piece) }
        }
        #expect(ends == files.count)
        for (file, content) in zip(files, bytes) {
            #expect(Int64(content.count) == file.size, "\(file.path)")
            contents[file.path] = try SHA256.digest(of: content)
        }
        var firsts: [Int: String] = [:]
        for node in nodes {
            var first = "-"
            if let link = node.link {
                first = firsts[link] ?? node.path
                firsts[link] = first
            }
            let digest = contents[node.path]?.hex.prefix(12) ?? "-"
            lines.append(
                "\(node.path) \(node.kind) \(String(node.mode & 0o7777, radix: 8)) \(node.size) "
                    + "\(node.target ?? "-") \(digest) \(first)")
        }
    }

    /// Compares, and says the first lines that differ.
    static func expectSame(_ left: TreeFacts, _ right: TreeFacts, _ what: String) {
        let here = Set(left.lines)
        let there = Set(right.lines)
        #expect(left.lines.count == right.lines.count, "\(what)")
        #expect(here.subtracting(there).sorted().prefix(4) == [], "\(what)")
        #expect(there.subtracting(here).sorted().prefix(4) == [], "\(what)")
    }
}

/// Whether a tool that a test needs is there.
enum Tool {
    static func isThere(_ name: String) -> Bool {
        ["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"].contains { access($0 + name, X_OK) == 0 }
    }
}

/// Reads all that a damaged subject still gives, at most 4 MiB a file; what it throws must tell damage, not a fault.
enum Exhaust {
    /// The code of the error, or `nil` where all could be read.
    static func code(_ open: () throws(TareError) -> any TreeReader) -> TareError.Code? {
        do throws(TareError) {
            let reader = try open()
            let tree = try reader.tree()
            for node in tree.nodes where node.kind == .regular {
                var count = 0
                do throws(TareError) {
                    try reader.read(node) { (piece) throws(TareError) in
                        count += piece.count
                        if count > 4 << 20 { throw TareError(.cancelled, subject: node.path, "enough") }
                    }
                } catch { if error.code != .cancelled { return error.code } }
            }
            return nil
        } catch {
            return error.code
        }
    }

    static let allowed: [TareError.Code?] = [nil, .corrupt, .unsupported, .invalid, .notFound, .exhausted]
}
