import TareCore
import TareOCI
import TareTestSupport
import Testing

@testable import TareBuilder

@Suite("what a build sets", .enabled(if: TestGate.isRoot, "root is needed: the builder owns its folder"))
struct ConfigurationTests {
    @Test("every metadata instruction is in the configuration, makes no layer, and is in the history")
    func metadata() async throws {
        let fixture = try BuilderFixture()
        let image = try await fixture.build(
            """
            FROM scratch
            ARG P=9000
            ENV A=1 B="two words"
            LABEL a=b "c d"='e f'
            EXPOSE 80 $P/udp 8000-8001
            VOLUME /v ["/w"]
            VOLUME ["/x y"]
            USER app:more
            STOPSIGNAL SIGQUIT
            SHELL ["/bin/bash", "-c"]
            ENTRYPOINT run me
            CMD ["a", "b"]
            HEALTHCHECK --interval=5s --retries=2 CMD test x
            MAINTAINER somebody
            ONBUILD RUN x
            """.replacing("VOLUME /v [\"/w\"]", with: "VOLUME /v /w")
        ) { $0.labels = ["a": "given", "z": "1"] }
        let execution = try #require(image.config.config)
        #expect(execution.environment == [BuildSession.standardPath, "A=1", "B=two words"])
        #expect(execution.labels == ["a": "given", "c d": "e f", "z": "1"])
        #expect(execution.exposedPorts == ["80/tcp", "9000/udp", "8000/tcp", "8001/tcp"])
        #expect(execution.volumes == ["/v", "/w", "/x y"])
        #expect(execution.user == "app:more" && execution.stopSignal == "SIGQUIT")
        #expect(execution.entrypoint == ["/bin/bash", "-c", "run me"] && execution.command == ["a", "b"])
        #expect(
            execution.healthcheck?.test == ["CMD-SHELL", "test x"] && execution.healthcheck?.interval == 5_000_000_000)
        #expect(execution.onBuild == ["RUN x"] && image.config.author == "somebody")
        #expect(image.config.rootfs.diffIDs.isEmpty)
        let history = try #require(image.config.history)
        #expect(history.count == 14 && history.allSatisfy { $0.emptyLayer == true })
        #expect(history[1].createdBy == "ENV A=1 B=\"two words\"")
    }

    @Test("a base's configuration is taken over; its instructions for others are done first")
    func inheritance() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        _ = try await fixture.build(
            "FROM scratch\nENV X=1\nCMD [\"old\"]\nWORKDIR /w\nONBUILD COPY a ./trigger\nONBUILD ENV Y=$X\n"
        ) {
            $0.names = ["docker.io/library/parent:latest"]
        }
        let image = try await fixture.build("FROM parent\nENTRYPOINT [\"e\"]\nLABEL y=$Y\n")
        let execution = try #require(image.config.config)
        #expect(execution.environment?.suffix(2) == ["X=1", "Y=1"])
        #expect(execution.labels == ["y": "1"])
        #expect(execution.entrypoint == ["e"] && execution.command == nil && execution.onBuild == nil)
        #expect(execution.workingDirectory == "/w")
        #expect(try fixture.listing(image).contains("w/trigger 644 0:0 A"))
        #expect(image.config.history?.count == 5 + 4)
    }

    @Test("WORKDIR makes its folder, as the user's own, once")
    func workdir() async throws {
        let fixture = try BuilderFixture()
        let image = try await fixture.build(
            "FROM scratch\nWORKDIR /a\nUSER 5:6\nWORKDIR b/c\nWORKDIR /a/b\nENV d=x\nWORKDIR $d\n")
        #expect(image.config.config?.workingDirectory == "/a/b/x")
        #expect(try fixture.listing(image) == ["a 755 0:0 /", "a/b 755 5:6 /", "a/b/c 755 5:6 /", "a/b/x 755 5:6 /"])
        #expect(image.steps.map(\.outcome) == [.metadata, .built, .metadata, .built, .unchanged, .metadata, .built])
    }

    @Test("unused arguments and doubtful lines are warned of; a missing base is told with what to do")
    func warnings() async throws {
        let fixture = try BuilderFixture()
        _ = try await fixture.build("FROM scratch\nCMD x\n") { $0.arguments = ["NONE": "1"] }
        let warnings = fixture.events.all.compactMap { if case .warned(_, let message) = $0 { message } else { nil } }
        #expect(warnings.first == "no ARG declares the build argument 'NONE'")
        #expect(warnings.last?.contains("JSONArgsRecommended") == true)
        let error = await #expect(throws: TareError.self) { try await fixture.build("FROM missing:1\n") }
        #expect(error?.code == .notFound && error?.subject == "Dockerfile:1:6")
        let empty = await #expect(throws: TareError.self) { try await fixture.build("ARG B\nFROM $B\n") }
        #expect(empty?.message.contains("is empty once its variables are replaced") == true)
    }

    @Test("plain progress names stage, step, outcome and reason")
    func progress() async throws {
        let fixture = try BuilderFixture()
        try fixture.write("a", "A")
        _ = try await fixture.build("FROM scratch AS s\nCOPY a /\nENV x=1\n")
        let lines = fixture.events.all.flatMap { PlainProgress(explains: true).lines($0) }
        #expect(lines[0] == "[s 0/2] FROM scratch AS s")
        #expect(lines[1] == "[s 1/2] COPY a /")
        #expect(lines[2].hasPrefix("[s 1/2] built in 0."))
        #expect(lines[3] == "[s 1/2]   miss: not built before")
        #expect(lines.last == "[s 2/2] metadata, no layer")
    }
}
