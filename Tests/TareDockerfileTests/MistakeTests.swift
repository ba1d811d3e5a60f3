import TareCore
import Testing

@testable import TareDockerfile

@Suite("mistakes in a Dockerfile")
struct MistakeTests {
    /// Everything that is told of a file: `line:column message`, with the hint behind a bar.
    private func told(_ text: String) -> [String] {
        do {
            _ = try Dockerfile(text, name: "D")
            return []
        } catch {
            return (error.causes.isEmpty ? [error] : error.causes).map {
                "\($0.subject.dropFirst(2)) \($0.message)" + ($0.hint.map { " | " + $0 } ?? "")
            }
        }
    }

    @Test(
        "are told at their line and column, with what to do",
        arguments: [
            ("FROM a\nRUM x\n", "2:1 there is no instruction 'RUM' | did you mean RUN?"),
            ("FROM a\n  COPPY x y\n", "2:3 there is no instruction 'COPPY' | did you mean COPY?"),
            ("FROM a\nCOPY --form=b x y\n", "2:6 COPY has no flag --form | did you mean --from?"),
            ("FROM a\nCOPY --chown=1 --chown=2 x y\n", "2:16 --chown is given twice | keep one of them"),
            ("FROM a\nCOPY --from x y\n", "2:6 --from needs a value | write --from=VALUE"),
            ("FROM a\nCOPY --link=maybe x y\n", "2:13 --link is true or false, not 'maybe' | write --link"),
            ("FROM a\nENV x\n", "2:5 ENV needs a name and a value | write ENV x=value"),
            ("FROM a\nENV a=1 \\\n  bad\n", "3:3 'bad' has no '=', and must be of the form name=value"),
            ("FROM a\nENV =1\n", "2:5 the name of a value is empty"),
            ("FROM a\nENV x=${y\n", "2:10 in '${y': the closing '}' is missing"),
            ("FROM a b\n", "1:8 FROM takes a base image"),
            ("FROM a AS 1x\n", "1:11 '1x' is no name of a stage"),
            ("FROM\n", "1:1 FROM needs a base image"),
            ("RUN x\n", "1:1 RUN stands before the first FROM"),
            ("ARG a\n", "1:1 the file has no FROM"),
            ("", "1:1 the file has no instruction"),
            ("# only a comment\n", "1:1 the file has no instruction"),
            ("FROM a\nRUN <<E\nx\n", "2:1 the heredoc 'E' does not end | end it with a line that holds only E"),
            ("FROM a\nRUN --mount=type=cash,target=/x y\n", "2:13 'cash' is no type of a mount"),
            ("FROM a\nRUN --mount=type=cache y\n", "2:13 a mount needs a target"),
            ("FROM a\nRUN --mount=type=bind,targt=/x y\n", "2:13 a mount has no field 'targt' | did you mean target?"),
            ("FROM a\nRUN --mount=type=ssh y\n", "2:13 a mount of type ssh is not done"),
            ("FROM a\nRUN --mount=type=bind,from=$x,target=/x y\n", "2:13 'from' of a mount takes no variables"),
            ("FROM a\nRUN --mount=type=bind,target=/x,size=1 y\n", "2:13 the field 'size' does not go with"),
            ("FROM a\nRUN --network=some y\n", "2:15 'some' is no network of a build"),
            ("FROM a\nRUN --security=insecure y\n", "2:16 RUN --security is not done here"),
            ("FROM a\nRUN\n", "2:1 RUN needs a command"),
            ("FROM a\nCMD [\"a\", 1]\n", "2:11 a JSON list here may hold strings only"),
            ("FROM a\nSHELL sh -c\n", "2:1 SHELL needs a JSON list"),
            ("FROM a\nHEALTHCHECK curl x\n", "2:13 HEALTHCHECK has no 'curl' | write HEALTHCHECK CMD curl"),
            ("FROM a\nHEALTHCHECK --interval=5 CMD x\n", "2:24 '5' is no time for --interval | write 30s"),
            ("FROM a\nHEALTHCHECK --retries=x CMD x\n", "2:23 'x' is no number for --retries"),
            ("FROM a\nHEALTHCHECK NONE x\n", "2:13 HEALTHCHECK NONE takes nothing else"),
            ("FROM a\nEXPOSE 80 70000\n", "2:11 '70000' is no port"),
            ("FROM a\nCOPY a b c\n", "2:10 with several sources the destination must be a folder"),
            ("FROM a\nCOPY a\n", "2:1 COPY needs at least a source and a destination"),
            ("FROM a\nCOPY --from=0 a b\n", "2:13 there is no stage 0 before this one"),
            ("FROM a AS x\nCOPY --from=x a b\n", "2:13 a stage cannot copy from itself"),
            ("FROM a\nCOPY --chmod=9 a b\n", "2:14 '9' is no file mode"),
            ("FROM a\nADD --checksum=md5:1 a b\n", "2:16 'md5:1' is no checksum"),
            ("FROM a\nADD --parents a b\n", "2:5 ADD has no flag --parents"),
            ("FROM a\nONBUILD FROM b\n", "2:9 FROM cannot stand behind ONBUILD"),
            ("FROM a\nONBUILD RUM b\n", "2:9 there is no instruction 'RUM' | did you mean RUN?"),
            ("FROM a\nONBUILD\n", "2:1 ONBUILD needs an instruction"),
            ("FROM a\nWORKDIR\n", "2:1 WORKDIR needs a folder"),
            ("FROM a\nUSER --x y\n", "2:6 USER has no flag --x | it takes no flags"),
            ("FROM a\nVOLUME []\n", "2:1 VOLUME needs a folder"),
            ("FROM a\nARG =1\n", "2:5 the name of an argument is empty"),
            ("# escape=x\nFROM a\n", "1:10 'x' cannot escape"),
            ("# escape=`\n# escape=`\nFROM a\n", "2:10 only one escape directive can be used"),
            ("FROM a\n\\\n", "2:1 nothing stands behind the line's continuation"),
        ])
    func place(text: String, expected: String) {
        let found = told(text)
        #expect(found.count == 1 && found[0].hasPrefix(expected), "\(found)")
    }

    @Test("of one file are told all at once, in the order of its lines")
    func together() {
        let text = "FROM a\nRUM x\nENV y\nCOPY --form=b \\\n  --lnk x y\nHEALTHCHECK x\n"
        #expect(told(text).map { $0.split(separator: " ")[0] } == ["2:1", "3:5", "4:6", "5:3", "6:13"])
        let error = #expect(throws: TareError.self) { try Dockerfile(text, name: "D") }
        #expect(error?.message == "the Dockerfile has 5 mistakes")
        #expect(error?.code == .invalid)
    }

    @Test("that are no text are told as such")
    func noText() {
        let error = #expect(throws: TareError.self) { try Dockerfile(bytes: [0x46, 0xff, 0xfe]) }
        #expect(error?.message.contains("UTF-8") == true)
    }
}
