import FoundationEssentials
import Glibc
import TareCore
import Testing

@testable import TareWeigh

@Suite("DirectoryWalk")
struct DirectoryWalkTests {
    @Test("the entries do not depend on the number of threads", arguments: [2, 3, 8])
    func threads(count: Int) throws {
        let tree = try TestTree()
        var random = SeededSource(state: UInt64(count))
        // More folders than one thread keeps for itself, and links among them.
        for number in 0..<700 {
            let depth = Int(random.next() % 4)
            let folders = (0..<depth).map { _ in "/d\(random.next() % 9)" }.joined()
            try tree.write("\(folders)/e\(number % 90)/f\(number)", [UInt8](repeating: 1, count: number % 13))
        }
        try tree.write("/link-source", [1, 2])
        for number in 0..<20 { try tree.hardLink("/link\(number)", to: "/link-source") }
        let one = try DirectoryReader(root: tree.root, threads: 1).tree()
        let many = try DirectoryReader(root: tree.root, threads: count).tree()
        #expect(one.nodes.map(Self.line) == many.nodes.map(Self.line))
        #expect(one.nodes.count > 700)
    }

    private static func line(_ node: FileNode) -> String {
        "\(node.path) \(node.kind) \(node.size) \(node.allocated) \(node.link ?? -1)"
    }

    @Test("entries come name by name, a folder before what is in it and that before its longer neighbour")
    func order() throws {
        let tree = try TestTree(["/a/x": "1", "/a-b": "2", "/a.c/y": "3", "/a/x-/z": "4", "/Z": "5"])
        let paths = try DirectoryReader(root: tree.root).tree().nodes.map(\.path)
        #expect(paths == ["/", "/Z", "/a", "/a/x", "/a/x-", "/a/x-/z", "/a-b", "/a.c", "/a.c/y"])
        var random = SeededSource(state: 5)
        let shuffled = paths.shuffled(using: &random).map { FileNode(path: $0, kind: .other, size: 0, allocated: 0) }
        #expect(FileTree(shuffled).nodes.map(\.path) == paths)
        for (place, path) in paths.enumerated() { #expect(FileTree(shuffled).index[path] == place) }
        #expect(FileTree(shuffled).index["/a/"] == nil)
    }

    @Test("two spellings of one letter, a new line and a quote in a name are names of their own")
    func names() throws {
        let tree = try TestTree()
        let all = ["/\u{e9}", "/e\u{301}", "/new\nline", "/'\"\\"]
        for (place, path) in all.enumerated() { try tree.write(path, [UInt8](repeating: 7, count: place + 1)) }
        let found = try DirectoryReader(root: tree.root).tree()
        let sizes = try all.map { found.nodes[try #require(found.index[$0])].size }
        #expect(sizes == [1, 2, 3, 4])
    }

    @Test("a link that leads to itself ends, and one that leads nowhere is no file")
    func loops() throws {
        let tree = try TestTree(["/etc/real": "1"])
        try tree.symlink("/a", to: "b")
        try tree.symlink("/b", to: "a")
        try tree.symlink("/here", to: ".")
        try tree.symlink("/out", to: "../../../../etc/real")
        let found = try DirectoryReader(root: tree.root).tree()
        #expect(found.file("/a") == nil)
        #expect(found.file("/a/x") == nil)
        #expect(found.file("/here/here/etc/real") == found.index["/etc/real"])
        // Above the root there is the root: a tree's links never lead out of it.
        #expect(found.file("/out") == found.index["/etc/real"])
        #expect(try Weigher().weigh(tree.root).weighing.weights.used == ByteCount(1))
    }
}

@Suite("SubjectKind")
struct SubjectKindTests {
    @Test(
        "what cannot be weighed is told with the reason",
        arguments: [
            ("empty", "is empty"), ("pipe", "a named pipe"), ("loop", "leads back to itself"), ("null", "a character"),
            ("socket", "a socket"), ("text", "no disk, archive or image"),
        ])
    func refused(name: String, reason: String) throws {
        let tree = try TestTree(["/empty": "", "/text": "just some words"])
        #expect(mkfifo(tree.root + "/pipe", 0o600) == 0)
        try tree.symlink("/loop", to: "loop")
        try tree.symlink("/null", to: "/dev/null")
        #expect(mknod(tree.root + "/socket", S_IFSOCK | 0o600, 0) == 0)
        #expect {
            try SubjectReader.open(tree.root + "/" + name)
        } throws: {
            let error = $0 as? TareError
            return error?.code == .invalid && error?.message.contains(reason) == true
                && error?.subject.hasSuffix(name) == true
        }
    }
}
