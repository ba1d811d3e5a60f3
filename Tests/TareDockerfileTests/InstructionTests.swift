import TareCore
import Testing

@testable import TareDockerfile

@Suite("checked instructions")
struct InstructionTests {
    private func action(_ line: String) throws -> Instruction.Action {
        try #require(Dockerfile("FROM a\n\(line)\n").stages[0].instructions.first).action
    }

    @Test("a command is the shell's or a list, and an empty one clears it")
    func commands() throws {
        #expect(try action("CMD a  b") == .cmd(.shell("a  b")))
        #expect(try action(#"CMD ["a", "b c"]"#) == .cmd(.exec(["a", "b c"])))
        #expect(try action("CMD ['a']") == .cmd(.shell("['a']")))
        #expect(try action("ENTRYPOINT []") == .entrypoint(.exec([])))
        #expect(CommandForm.shell("x y").words(shell: ["/bin/sh", "-c"]) == ["/bin/sh", "-c", "x y"])
        #expect(CommandForm.exec(["x"]).words(shell: ["/bin/sh", "-c"]) == ["x"])
    }

    @Test("a RUN that is nothing but one heredoc is a script")
    func scripts() throws {
        guard case .run(let script) = try action("RUN <<E\necho a\nE") else { return }
        #expect(script.script?.text == "echo a\n")
        guard case .run(let piped) = try action("RUN cat <<E\na\nE") else { return }
        #expect(piped.script == nil && piped.command == .shell("cat <<E\na\nE"))
        guard case .run(let two) = try action("RUN <<A <<B\na\nA\nb\nB") else { return }
        #expect(two.script == nil && two.documents.count == 2)
    }

    @Test("HEALTHCHECK takes all its flags, and NONE")
    func health() throws {
        let line =
            "HEALTHCHECK --interval=1m30s --timeout=500ms --start-period=1h --start-interval=1.5s --retries=2 CMD x y"
        guard case .healthcheck(let check) = try action(line) else { return }
        #expect(check.interval == .seconds(90) && check.timeout == .milliseconds(500) && check.retries == 2)
        #expect(check.startPeriod == .seconds(3600) && check.startInterval == .milliseconds(1500))
        #expect(check.command == .shell("x y"))
        #expect(try action("HEALTHCHECK NONE") == .healthcheck(HealthCheck()))
    }

    @Test("COPY takes all its flags")
    func copying() throws {
        let line = "COPY --from=img --chown=1:2 --chmod=644 --link --parents --exclude=*.md --exclude=x/** a b /d/"
        guard case .copy(let transfer) = try action(line) else { return }
        #expect(transfer.from?.text == "img" && transfer.owner?.text == "1:2" && transfer.mode?.text == "644")
        #expect(transfer.isLinked && transfer.keepsParents && transfer.excludes.map(\.text) == ["*.md", "x/**"])
        #expect(transfer.sources.map(\.text) == ["a", "b"] && transfer.destination.text == "/d/")
    }

    @Test(
        "a mode is octal, or symbolic as chmod's",
        arguments: [
            ("755", 0o644, false, 0o755), ("u=rwX,go=rX", 0o600, false, 0o644), ("u=rwX,go=rX", 0o700, false, 0o755),
            ("u=rwX,go=rX", 0o600, true, 0o755), ("a+x", 0o644, false, 0o755), ("go-w", 0o666, false, 0o644),
            ("u+s", 0o755, false, 0o4755), ("+t", 0o777, true, 0o1777), ("o=", 0o777, false, 0o770),
            ("u+x-r", 0o600, false, 0o300),
        ] as [(String, UInt32, Bool, UInt32)])
    func modes(text: String, before: UInt32, isFolder: Bool, after: UInt32) throws {
        #expect(try #require(FileModeChange(text)).applied(to: before, isFolder: isFolder) == after)
    }

    @Test("ports are numbers, ranges and protocols")
    func ports() {
        #expect(ExposedPorts("80")?.names == ["80/tcp"])
        #expect(ExposedPorts("8000-8002/UDP")?.names == ["8000/udp", "8001/udp", "8002/udp"])
        for text in ["0", "65536", "80/x", "9-8", "a", ""] { #expect(ExposedPorts(text) == nil, "\(text)") }
    }

    @Test("ONBUILD keeps its instruction's text")
    func onBuild() throws {
        #expect(try action("ONBUILD RUN a \\\n  b") == .onBuild("RUN a   b"))
    }

    @Test("warnings are found by name, and can be skipped")
    func warnings() throws {
        let text = """
            from a As B
            RUN x \\

              y
            MAINTAINER me
            ENV a b
            ARG MY_TOKEN
            WORKDIR rel
            CMD x
            CMD ["y"]
            EXPOSE 80/TCP
            RUN [ "a" ] && b
            FROM $NONE as b
            FROM --platform=$TARGETPLATFORM c AS scratch
            FROM --platform=linux/amd64 d

            """
        let rules = Set(try Dockerfile(text).warnings.map(\.rule))
        let expected: Set<Warning.Rule> = [
            .consistentInstructionCasing, .fromAsCasing, .stageNameCasing, .noEmptyContinuation, .maintainerDeprecated,
            .legacyKeyValueFormat, .secretsUsedInArgOrEnv, .workdirRelativePath, .jsonArgsRecommended,
            .multipleInstructionsDisallowed, .exposeProtoCasing, .ignoredAfterList, .undefinedArgInFrom,
            .duplicateStageName, .reservedStageName, .redundantTargetPlatform, .fromPlatformFlagConstDisallowed,
        ]
        #expect(rules == expected, "\(rules.symmetricDifference(expected))")
        let skipped = try Dockerfile("# check=skip=JSONArgsRecommended\n" + "FROM a\nCMD x\n")
        #expect(skipped.warnings.isEmpty)
        #expect(try Dockerfile("FROM scratch\nCOPY $Path /\nARG path\n").warnings.map(\.rule) == [.undefinedVar])
    }

    @Test("a well-written file has no warning")
    func clean() throws {
        let file = try Dockerfile("ARG V=1\nFROM a:$V AS b\nWORKDIR /x\nCMD [\"y\"]\nFROM b\nEXPOSE 80\n")
        #expect(file.warnings.isEmpty, "\(file.warnings)")
    }
}
