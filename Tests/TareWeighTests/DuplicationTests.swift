import TareCatalog
import TareCore
import Testing

@testable import TareWeigh

@Suite("Duplication")
struct DuplicationTests {
    private func bytes(_ seed: UInt8, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: ($0 / 4096 + 1) * Int(seed) + $0) }
    }

    @Test("equal files and equal blocks are counted apart, by subject and by owner")
    func twoSubjects() throws {
        let one = try TestTree()
        let two = try TestTree()
        // The same two blocks; in the second subject a third block follows, so that the files differ.
        try one.write("/etc/a", bytes(3, 8192))
        try two.write("/etc/a", bytes(3, 8192) + [1, 2, 3])
        // The same file in both, and twice in the first.
        try one.write("/etc/b", bytes(5, 100))
        try one.write("/etc/c", bytes(5, 100))
        try two.write("/etc/b", bytes(5, 100))
        try two.write("/etc/empty", [])
        let found = try Duplication.measure([
            .init(name: "one", path: one.root), .init(name: "two", path: two.root),
        ])
        #expect(found.files.total == ByteCount(8192 + 200 + 8195 + 100))
        #expect(found.files.distinct == ByteCount(8192 + 8195 + 100))
        #expect(found.files.subjects[0].shared == ByteCount(200))
        #expect(found.files.subjects[0].repeated == ByteCount(100))
        #expect(found.files.subjects[1].unique == ByteCount(8195))
        #expect(found.blocks.total == found.files.total)
        #expect(found.blocks.distinct == ByteCount(8192 + 3 + 100))
        #expect(found.blocks.duplicate == ByteCount(8192 + 200))
        #expect(found.blocks.subjects[1].unique == ByteCount(3))
        #expect(found.blocks.owners.map(\.owner) == [.os])
        #expect(found.blocks.owners[0].duplicate == found.blocks.duplicate)
    }

    @Test("a block that two subjects hold at other places of their files is no equal block unless aligned")
    func alignment() throws {
        let content = bytes(9, 8192)
        let tree = try TestTree()
        try tree.write("/a", content)
        try tree.write("/b", [0] + content)
        let found = try Duplication.measure([.init(name: "x", path: tree.root)])
        #expect(found.blocks.duplicate == .zero)
    }

    @Test("the account does not depend on threads or on the order of reading", arguments: [1, 2, 5])
    func threads(count: Int) throws {
        let tree = try TestTree()
        for number in 0..<40 { try tree.write("/d/\(number)", bytes(UInt8(number % 7), 1000 * number)) }
        let subjects = [Duplication.Subject(name: "a", path: tree.root), .init(name: "b", path: tree.root)]
        let found = try Duplication.measure(subjects, threads: count)
        #expect(found == (try Duplication.measure(subjects, threads: 3)))
        #expect(found.files.subjects.allSatisfy { $0.unique == .zero && $0.shared == $0.total })
        #expect(found.files.distinct + found.files.duplicate == found.files.total)
    }

    @Test("the file's and the block's digest do not depend on how pieces were cut")
    func pieces() {
        let content = bytes(11, 20_000)
        var results: [[UInt64]] = []
        for step in [1, 777, 4096, 5000, 20_000] {
            var hash = BlockHash()
            var seen: [UInt64] = []
            var at = 0
            while at < content.count {
                let end = min(at + step, content.count)
                content[at..<end].withUnsafeBytes { piece in
                    hash.add(piece) { seen += [$0, $1, UInt64($2)] }
                }
                at = end
            }
            let whole = hash.finish { seen += [$0, $1, UInt64($2)] }
            results.append(seen + [whole.0, whole.1])
        }
        #expect(results.allSatisfy { $0 == results[0] })
        #expect(results[0].count == 5 * 3 + 2)
    }
}
