import TareStatistics

/// Writes files that are nearly right: every feature of the syntax, in any order, with slips.
struct RandomDockerfile {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    private mutating func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }
    private mutating func count(_ most: UInt64) -> Int { Int(random.next() % (most + 1)) }

    private static let words = [
        "FROM", "as", "alpine:3.19", "x", "a=b", "NAME", "v=1", "\"two words\"", "'single $q'", "${x:-y}", "$HOME",
        "\\",
        "\\\\", "\\ ", "a\\ b", "`", "``", "<<EOF", "<<-E", "<<'Q'", "<< EOF", "3<<EOF", "<<<x", "/dst/", "./src", "*",
        "[", "[\"a\"]", "#", "#no", "\u{e9}t\u{e9}", "\u{4e2d}", "=", "==", "a=", "=b", "a=\"b c\"", "a='b", "\"open",
        "&&", "echo",
        ";", "\"\"", "''", "a=\"\"", "\t", "  ", "--", "--flag", "--flag=x", "--f='a b'", "-", "\\n", "{}", "<<\"a b\"",
    ]
    private static let flags = [
        "--from=build", "--chown=1:2", "--platform=linux/amd64", "--mount=type=bind,target=/x", "--link", "--", "---",
        "--interval=5s", "--x=\"a b\"", "--y='q'", "--z=a\\ b", "--odd=\\", "--network=none", "--a\"b c\"d",
    ]
    private static let lists = [
        "[\"a\", \"b c\"]", "[]", "[ ]", "[\"a\"", "[\"a\",]", "['a']", "[\"a\", 1]", "[1]", "[null]",
        "[\"\\u0041\\n\"]",
        "[\"a\"] x", "[{\"k\": [1, \"x\"]}]", "[\"\\q\"]", " [\"a\"] ", "[\"a\"\t,\"\"]", "[01]", "[-1.5e+3]",
        "[\"\\ud83d\\ude00\"]",
        "[true, \"x\"]", "[.5]", "[[]]", "[\"a\" \"b\"]",
    ]
    private static let keywords = [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
        "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR", "run", "Copy", "eNv", "BOGUS", "RUNX",
    ]

    /// One file.
    mutating func text() -> String {
        var text = chance(3) ? "\u{FEFF}" : ""
        let end = chance(15) ? "\r\n" : "\n"
        let escape = chance(25) ? "`" : "\\"
        if escape == "`" || chance(20) {
            text += pick(["# escape=", "#escape = ", " # ESCAPE=", "#\tescape="]) + escape + end
        }
        if chance(10) {
            text += pick(["# syntax=docker/dockerfile:1", "#check=skip=all", "# other=x", "# escape=\\", "#"]) + end
        }
        for _ in 0...count(5) { text += instruction(escape: escape, end: end) }
        if chance(10) { text += pick(["FROM x", "RUN a \\", "\\", "  ", "RUN <<E\nx\nE", "# end"]) }
        return text
    }

    private mutating func instruction(escape: String, end: String) -> String {
        var text = chance(15) ? pick(["  ", "\t", "\u{0C}", " \u{0B}"]) : ""
        if chance(10) { text += pick(["# comment", "", "#", "# a=b", "   # x"]) + end }
        if chance(12) { text += "ONBUILD " }
        text += pick(Self.keywords) + (chance(95) ? " " : pick(["", "\t", "  "]))
        for _ in 0..<(chance(30) ? 1 + count(1) : 0) { text += pick(Self.flags) + pick([" ", "  ", "\t"]) }
        if chance(25) {
            if chance(30) { text += pick(["CMD ", "NONE ", "cmd\t"]) }
            text += pick(Self.lists)
        } else {
            for _ in 0..<count(6) {
                text += pick(Self.words) + (chance(90) ? " " : "")
                if chance(12) { text += continuation(escape: escape, end: end) }
            }
        }
        if chance(10) { text += pick([" ", "\t", escape, escape + " ", escape + escape]) }
        text += end
        // Most heredocs end, so that what comes behind them is tried as well.
        if text.contains("<<"), chance(80) {
            for _ in 0...count(2) {
                if chance(60) { text += pick(["\tbody $x", "# in it", "RUN no", "", "body \\"]) + end }
                text += pick(["EOF", "E", "Q", "\tE", "a b", "EOF "]) + end
            }
        }
        return text
    }

    private mutating func continuation(escape: String, end: String) -> String {
        var text = escape + pick(["", " ", "\t"]) + end
        if chance(20) { text += pick(["# inside", "", "  ", "  # more"]) + end }
        return text + pick(["", "  ", "\t"])
    }
}
