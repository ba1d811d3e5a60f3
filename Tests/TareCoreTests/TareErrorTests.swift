import TareCore
import Testing

@Suite("errors and exit codes")
struct TareErrorTests {
    @Test("an error prints what, why and what to do, its causes in between")
    func description() {
        let cause = TareError(.noPermission, subject: "/etc/shadow", "cannot be read")
        let error = TareError(
            .invalid, subject: "web.yaml:3:5", "`memroy` is not a key", hint: "did you mean `memory`?", causes: [cause])
        #expect(
            error.description == """
                web.yaml:3:5: `memroy` is not a key
                  because: /etc/shadow: cannot be read
                  hint: did you mean `memory`?
                """)
    }

    @Test(
        "each kind of failure has its exit code",
        arguments: [
            (TareError.Code.notFound, 66), (.usage, 64), (.invalid, 65), (.corrupt, 65), (.unsupported, 69),
            (.unavailable, 69), (.noPermission, 77), (.exhausted, 75), (.timedOut, 75), (.cancelled, 130),
            (.cannotWrite, 73), (.exists, 73), (.internal, 70),
        ] as [(TareError.Code, Int32)])
    func exitCodes(code: TareError.Code, number: Int32) {
        #expect(code.exitCode.rawValue == number)
    }

    @Test("every exit code says what it means, in words of its own")
    func meanings() {
        let meanings = ExitCode.allCases.map(\.meaning)
        #expect(Set(meanings).count == ExitCode.allCases.count)
        #expect(meanings.allSatisfy { !$0.isEmpty })
    }
}
