import TareCore
import Testing

@testable import TareDockerfile

@Suite("arguments and environment")
struct ScopeTests {
    private func inputs(_ arguments: [String: String] = [:]) -> BuildInputs {
        BuildInputs(arguments: arguments, targetPlatform: "linux/arm64/v8", buildPlatform: "linux/amd64")
    }

    /// Goes through the last stage's ARG and ENV and gives the scope at its end.
    private func scope(
        _ text: String, _ arguments: [String: String] = [:], base: [String] = []
    ) throws -> StageScope {
        let file = try Dockerfile(text)
        var scope = StageScope(global: try GlobalScope(of: file, inputs: inputs(arguments)), environment: base)
        for instruction in file.stages.last?.instructions ?? [] {
            switch instruction.action {
            case .arg(let names): for name in names { try scope.declare(name) }
            case .env(let pairs): try scope.set(pairs)
            default: break
            }
        }
        return scope
    }

    @Test("an argument before FROM is seen by FROM, and by a stage that declares it")
    func global() throws {
        let text = "ARG V=1\nARG W=$V.2\nFROM a:$W\n"
        let file = try Dockerfile(text)
        #expect(try GlobalScope(of: file, inputs: inputs()).expand(file.stages[0].base) == "a:1.2")
        #expect(try GlobalScope(of: file, inputs: inputs(["V": "7"])).expand(file.stages[0].base) == "a:7.2")
        #expect(try scope(text).value(of: "W") == nil)
        #expect(try scope(text + "ARG W\n").value(of: "W") == "1.2")
        #expect(try scope(text + "ARG W=own\n").value(of: "W") == "own")
        #expect(try scope(text + "ARG W=own\n", ["W": "given"]).value(of: "W") == "given")
    }

    @Test("a caller's value that nothing declares is not seen, and is named")
    func undeclared() throws {
        let text = "FROM a\nARG x\n"
        #expect(try scope(text, ["y": "1"]).value(of: "y") == nil)
        #expect(try Dockerfile(text).unusedArguments(of: inputs(["y": "1", "x": "2", "http_proxy": "p"])) == ["y"])
    }

    @Test("ENV wins over ARG, wherever each stands")
    func precedence() throws {
        let first = try scope("FROM a\nARG v=arg\nENV v=env\n", ["v": "caller"])
        #expect(first.value(of: "v") == "env" && first.commandArguments == [])
        let second = try scope("FROM a\nENV v=env\nARG v=arg\n")
        #expect(second.value(of: "v") == "env")
        let third = try scope("FROM a\nARG v=arg\n", base: ["v=base"])
        #expect(third.value(of: "v") == "base")
    }

    @Test("pairs of one ENV see the values from before it")
    func together() throws {
        let scope = try scope("FROM a\nENV abc=hello\nENV abc=bye def=$abc\nENV ghi=$abc\n")
        #expect(scope.environment == ["abc=bye", "def=hello", "ghi=bye"])
    }

    @Test("platforms are there before FROM, and in a stage that declares them")
    func platforms() throws {
        let text = "FROM --platform=$BUILDPLATFORM a\n"
        let file = try Dockerfile(text)
        let platform = try #require(file.stages[0].platform)
        #expect(try GlobalScope(of: file, inputs: inputs()).expand(platform) == "linux/amd64")
        #expect(try scope(text).value(of: "TARGETARCH") == nil)
        let declared = try scope(text + "ARG TARGETARCH TARGETVARIANT BUILDOS\n")
        #expect(declared.commandArguments == ["TARGETARCH=arm64", "TARGETVARIANT=v8", "BUILDOS=linux"])
    }

    @Test("a command sees declared arguments in order; proxies it sees without")
    func commands() throws {
        let scope = try scope("FROM a\nARG b=2 a=1\nARG none\n", ["https_proxy": "p"])
        #expect(scope.commandArguments == ["b=2", "a=1"])
        #expect(inputs(["https_proxy": "p", "x": "y"]).proxies == ["https_proxy": "p"])
    }

    @Test("a failed expansion is told at its place in the file")
    func place() throws {
        let error = #expect(throws: TareError.self) { try scope("FROM a\nENV x=\"${missing:?must be set}\"\n") }
        #expect(error?.subject.hasPrefix("Dockerfile:2:") == true)
        #expect(error?.message.contains("missing: must be set") == true)
    }

    @Test("heredocs keep quotes, and variables where their name is quoted")
    func documents() throws {
        let file = try Dockerfile(
            "FROM a\nARG v=1\nCOPY <<a <<'b' <<-c /d/\n\"$v\" '$v' \\$v\na\n$v\nb\n\t\tx$v\n\tc\n")
        let scope = try scope("FROM a\nARG v=1\n")
        guard case .copy(let transfer) = file.stages[0].instructions[1].action else {
            Issue.record("no COPY")
            return
        }
        #expect(try transfer.documents.map { try scope.expand($0) } == ["\"1\" '1' $v\n", "$v\n", "x1\n"])
        #expect(transfer.sources.isEmpty && transfer.destination.text == "/d/")
    }

    @Test("a mount's values take variables")
    func mounts() throws {
        let scope = try scope("FROM a\nARG v=web\n")
        let word = SyntaxWord(
            text: "type=cache,target=/c/$v,id=${v}-1,sharing=locked,mode=0700,uid=5",
            position: .init(line: 1, column: 1))
        let mount = try scope.mount(word)
        #expect(mount.target == "/c/web" && mount.id == "web-1" && mount.sharing == .locked)
        #expect(mount.mode == 0o700 && mount.uid == 5 && !mount.isReadOnly && mount.kind == .cache)
        let bind = try RunMount("target=/x,\"source=a,b\",rw")
        #expect(bind.kind == .bind && bind.source == "a,b" && !bind.isReadOnly)
        #expect(try RunMount("type=tmpfs,dst=/t,size=64m").sizeBytes == 64 << 20)
        #expect(try RunMount("type=bind,target=/x").isReadOnly)
    }
}
