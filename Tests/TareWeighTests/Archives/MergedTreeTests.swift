import TareCore
import Testing

@testable import TareWeigh

@Suite("MergedTree")
struct MergedTreeTests {
    /// `d/` is a directory, `a>b` a link, `a=b` another name, anything else a file of `layer` bytes.
    private func merged(_ layers: [[String]]) throws -> [String: FileNode] {
        var tree = MergedTree("test")
        for (number, names) in layers.enumerated() {
            var entries: [ArchiveEntry] = []
            for (ordinal, text) in names.enumerated() {
                let isLink = text.contains(">")
                let parts = text.split { $0 == ">" || $0 == "=" }.map(String.init)
                let names = { (path: String) in path.split(separator: "/").map { Array($0.utf8) } }
                let kind: FileNode.Kind = text.hasSuffix("/") ? .directory : isLink ? .symlink : .regular
                entries.append(
                    ArchiveEntry(
                        names: names(parts[0]), kind: kind, mode: 0o644, size: kind == .regular ? Int64(number + 1) : 0,
                        stored: Int64(number + 1), hardLink: text.contains("=") ? names(parts[1]) : nil,
                        target: isLink ? Array(parts[1].utf8) : nil, ordinal: UInt64(ordinal)))
            }
            try tree.apply(entries, layer: number, whiteouts: true)
        }
        return Dictionary(try tree.nodes().map { ($0.path, $0) }) { first, _ in first }
    }

    @Test("a whiteout takes a name away from lower layers, never from its own")
    func whiteout() throws {
        let nodes = try merged([["d/", "d/a", "d/b", "e"], [".wh.e", "d/.wh.a", "e"]])
        #expect(nodes.keys.sorted() == ["/", "/d", "/d/b", "/e"])
        #expect(nodes["/e"]?.layer == 1)
        #expect(nodes["/d/b"]?.layer == 0)
    }

    @Test("an opaque directory hides the lower one, wherever its mark stands")
    func opaque() throws {
        let nodes = try merged([["d/", "d/a", "d/s/x"], ["d/", "d/new", "d/.wh..wh..opq"]])
        #expect(nodes.keys.sorted() == ["/", "/d", "/d/new"])
    }

    @Test("a file replaces a directory and a directory a file; a directory over a directory keeps what is inside")
    func replacing() throws {
        let nodes = try merged([["d/", "d/a", "f", "k/", "k/a"], ["d", "f/", "f/x", "k/"]])
        #expect(nodes.keys.sorted() == ["/", "/d", "/f", "/f/x", "/k", "/k/a"])
        #expect(nodes["/d"]?.kind == .regular)
    }

    @Test("an entry below a link to a directory goes where the link leads")
    func throughLinks() throws {
        let nodes = try merged([["usr/lib/", "lib>usr/lib"], ["lib/x", "lib/.wh.none"]])
        #expect(nodes.keys.sorted() == ["/", "/lib", "/usr", "/usr/lib", "/usr/lib/x"])
    }

    @Test("a hard link shares its file's group and content, also across layers")
    func hardLinks() throws {
        let nodes = try merged([["a", "b=a"], ["c=b", ".wh.a"]])
        #expect(nodes.keys.sorted() == ["/", "/b", "/c"])
        #expect(nodes["/b"]?.link != nil && nodes["/b"]?.link == nodes["/c"]?.link)
        #expect(nodes["/c"]?.source == nodes["/b"]?.source)
        #expect(throws: TareError.self) { try merged([["b=missing"]]) }
    }

    @Test("links that lead in a circle end, and an entry below a file is refused")
    func circles() throws {
        #expect(throws: TareError.self) { try merged([["a>b", "b>a", "a/x"]]) }
        #expect(throws: TareError.self) { try merged([["a", "a/x"]]) }
    }
}
