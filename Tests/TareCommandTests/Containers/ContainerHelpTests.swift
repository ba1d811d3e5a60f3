import TareTestSupport
import Testing

@Suite("Help of the container verbs")
struct ContainerHelpTests {
    static let verbs: [String] =
        [
            "run", "create", "start", "stop", "restart", "kill", "pause", "unpause", "rm", "prune", "ps", "inspect",
            "logs",
            "exec", "attach", "wait", "stats", "top", "port", "diff", "commit", "cp", "export", "rename", "update",
            "events",
            "health",
        ].map { "container " + $0 }
        + [
            "ls", "inspect", "history", "df", "load", "save", "tag", "rm", "prune", "pull", "push", "login", "logout",
        ].map { "image " + $0 }
        + ["network create", "network ls", "network inspect", "network rm", "hub serve"]
        + ["create", "ls", "inspect", "rm", "prune"].map { "volume " + $0 }

    @Test("each verb's help has examples, and a wrong flag ends with 64 and prints no data")
    func help() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        for verb in Self.verbs {
            let help = try tare.run("\(verb) --help")
            #expect(help.code == 0 && help.output.contains("Examples:\n"), "\(verb)")
            #expect(help.output.contains("tare \(verb)"), "\(verb)")
            let wrong = try tare.run("\(verb) --no-such-flag")
            #expect(wrong.code == 64 && wrong.output.isEmpty && !wrong.messages.isEmpty, "\(verb)")
        }
        for group in ["container", "image", "network", "volume", "hub"] {
            #expect(try tare.run("\(group) --help").output.contains("Examples:\n"), "\(group)")
        }
    }

    @Test("the servers' program is named with its build where it is not there")
    func hub() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.shell("ln '\(TareProgram.path)' tare || cp '\(TareProgram.path)' tare; ./tare hub serve")
        #expect(outcome.code == 69)
        #expect(outcome.messages.contains("swift build -c release --product tare-serve"))
    }
}
