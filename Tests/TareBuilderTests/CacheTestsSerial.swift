import FoundationEssentials
import Glibc
import TareCore
import TareImages
import TareOCI
import TareTestSupport
import Testing

@testable import TareBuilder

@Suite("build cache", .enabled(if: TestGate.isRoot, "root is needed: mounts and owners"), .serialized)
struct CacheTestsSerial {
    private let text = """
        FROM base AS one
        ARG V=1
        COPY a b /in/
        RUN echo "$V" > /v
        FROM one
        COPY --from=one /v /copied
        RUN cat /copied > /end
        """

    /// The reason of each step that is not metadata: `keyword: what is told`.
    private func reasons(_ image: BuiltImage) -> [String] {
        image.steps.compactMap { step in
            step.reason.map { "\(step.text.split(separator: " ")[0]): \($0.lines.joined(separator: "; "))" }
        }
    }

    @Test("a second build takes every step from the cache and gives the same digest")
    func hits() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        try fixture.write("a", "A")
        try fixture.write("b", "B")
        let first = try await fixture.build(text)
        #expect(reasons(first).allSatisfy { $0.hasSuffix("miss: not built before") })
        // Another time of a file is no change.
        utimes(fixture.context + "/a", [timeval(tv_sec: 5, tv_usec: 0), timeval(tv_sec: 5, tv_usec: 0)])
        let second = try await fixture.build(text)
        #expect(second.steps.allSatisfy { $0.outcome == .cached || $0.outcome == .metadata })
        #expect(second.descriptor == first.descriptor)
        #expect(second.hits == 4)
    }

    @Test("each miss says why: a file, a mode, an argument, the command, the parent, and what was told to be ignored")
    func explained() async throws {
        let fixture = try BuilderFixture()
        try await fixture.makeBase()
        try fixture.write("a", "A")
        try fixture.write("b", "B")
        _ = try await fixture.build(text)
        try fixture.write("a", "changed")
        #expect(
            reasons(try await fixture.build(text)) == [
                "COPY: miss: file a changed",
                "RUN: miss: the parent changed: a step before was built anew, or the base is another",
                "COPY: miss: the parent changed: a step before was built anew, or the base is another",
                "RUN: miss: the parent changed: a step before was built anew, or the base is another",
            ])
        try fixture.write("b", "B", mode: 0o600)
        #expect(reasons(try await fixture.build(text))[0] == "COPY: miss: file b changed")
        let hit = "hit: nothing that it depends on has changed"
        let argument = try await fixture.build(text) { $0.arguments = ["V": "2"] }
        #expect(reasons(argument).prefix(2) == ["COPY: \(hit)", "RUN: miss: argument V changed from '1' to '2'"])
        let command = try await fixture.build(text.replacing("cat /copied >", with: "cat /v >")) {
            $0.arguments = ["V": "2"]
        }
        #expect(
            reasons(command).last
                == "RUN: miss: command changed from 'cat /copied > /end' to 'cat /v > /end'")
        let ignored = try await fixture.build(text) { $0.ignoresCache = true }
        #expect(reasons(ignored).allSatisfy { $0.hasSuffix("miss: --no-cache") })
    }

    @Test("the same inputs give the same digest in another store, and with copies instead of layers")
    func reproducible() async throws {
        var digests: Set<Digest> = []
        for kind in [ImageLibrary.SnapshotKind.overlay, .overlay, .copy] {
            let fixture = try BuilderFixture(snapshots: kind)
            try await fixture.makeBase()
            try fixture.write("a", "A")
            try fixture.write("b", "B")
            let image = try await fixture.build(
                text + "\nRUN mkdir -p /x/y; ln -s y /x/z; rm /in/a; touch -d 2001-02-03 /old\n")
            digests.insert(image.descriptor.digest)
        }
        #expect(digests.count == 1)
    }

    @Test("SOURCE_DATE_EPOCH sets the time of configuration and files")
    func epoch() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        let image = try await fixture.build("FROM scratch\nCOPY a /\n") {
            $0.arguments = ["SOURCE_DATE_EPOCH": "86400"]
        }
        #expect(image.config.created == "1970-01-02T00:00:00Z")
        #expect(try await fixture.build("FROM scratch\nCOPY a /\n").config.created == "2026-01-01T00:00:00Z")
        let error = await #expect(throws: TareError.self) {
            try await fixture.build("FROM scratch\n") { $0.arguments = ["SOURCE_DATE_EPOCH": "x"] }
        }
        #expect(error?.code == .usage)
    }

    @Test("a layer that was removed from the store is built again")
    func lost() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        let first = try await fixture.build("FROM scratch\nCOPY a /\n")
        let blob = try #require(first.steps.last?.outcome == .built ? first.config.rootfs.diffIDs.last : nil)
        let manifest = try fixture.library.content.document(ImageManifest.self, first.descriptor.digest)
        try fixture.library.content.remove(manifest.layers[0].digest)
        let second = try await fixture.build("FROM scratch\nCOPY a /\n")
        #expect(reasons(second) == ["COPY: miss: its layer is no longer in the store"])
        #expect(second.config.rootfs.diffIDs == [blob])
    }

    @Test("a cleared cache has no step, and its layers are no longer kept")
    func cleared() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        let first = try await fixture.build("FROM scratch\nCOPY a /\n")
        try fixture.builder.clearCache()
        let second = try await fixture.build("FROM scratch\nCOPY a /\n")
        #expect(reasons(second) == ["COPY: miss: not built before"])
        #expect(second.descriptor == first.descriptor)
    }

    @Test("only the stages that the target needs are built")
    func stages() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        let text = "FROM scratch AS x\nCOPY a /x\nFROM scratch AS y\nCOPY a /y\nFROM x AS z\nCOPY --from=y /y /z\n"
        #expect(Set(try await fixture.build(text) { $0.target = "X" }.steps.map(\.stage)) == ["x"])
        #expect(try await fixture.build(text).steps.map(\.stage) == ["x", "x", "y", "y", "z", "z"])
        let error = await #expect(throws: TareError.self) { try await fixture.build(text) { $0.target = "w" } }
        #expect(error?.message == "there is no stage 'w' to build")
    }
}
