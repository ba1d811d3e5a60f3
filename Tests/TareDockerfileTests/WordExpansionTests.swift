import Testing

@testable import TareDockerfile

@Suite("variables in words")
struct WordExpansionTests {
    private let values = [
        "foo": "bar", "empty": "", "path": "/usr/local/bin", "file": "a.tar.gz", "star": "a*b", "n": "2",
    ]

    private func word(_ text: String, _ rules: WordExpansion = WordExpansion()) throws -> String {
        try rules.word(text) { values[$0] }
    }

    @Test(
        "are replaced as BuildKit documents it",
        arguments: [
            ("$foo", "bar"), ("${foo}", "bar"), ("a${foo}b$foo-", "abarbbar-"), ("$none", ""), ("${none}", ""),
            ("${foo:-x}", "bar"), ("${none:-x}", "x"), ("${empty:-x}", "x"), ("${empty-x}", ""), ("${none-x}", "x"),
            ("${foo:+x}", "x"), ("${none:+x}", ""), ("${empty:+x}", ""), ("${empty+x}", "x"), ("${none+x}", ""),
            ("${none:-$foo}", "bar"), ("${none:-${foo}-${n}}", "bar-2"), ("${none:-a b}", "a b"),
            ("${foo:?gone}", "bar"),
            ("${path#*/}", "usr/local/bin"), ("${path##*/}", "bin"), ("${path%/*}", "/usr/local"), ("${path%%/*}", ""),
            ("${file%.*}", "a.tar"), ("${file%%.*}", "a"), ("${file#*.}", "tar.gz"), ("${file##*.}", "gz"),
            ("${file#x}", "a.tar.gz"), ("${file#?}", ".tar.gz"), ("${star#a\\*}", "b"), ("${file#a.}", "tar.gz"),
            ("${path/l/L}", "/usr/Local/bin"), ("${path//l/L}", "/usr/LocaL/bin"), ("${path/\\/usr/}", "/local/bin"),
            ("${path//\\//-}", "-usr-local-bin"), ("${none/a/b}", ""), ("${file/.*/}", "a"),
            ("\\$foo", "$foo"), ("\\\\$foo", "\\bar"), ("'$foo'", "$foo"), ("\"$foo\"", "bar"), ("\"'$foo'\"", "'bar'"),
            ("\"a\\\"b\"", "a\"b"), ("\"\\x\"", "\\x"), ("\"\\$foo\"", "$foo"), ("a\\ b", "a b"), ("$", "$"),
            ("$$", ""),
            ("$1x", "x"), ("$foo_x", ""), ("${foo}_x", "bar_x"), ("a'b'\"c\"d", "abcd"), ("", ""),
        ])
    func documented(text: String, expected: String) throws {
        #expect(try word(text) == expected)
    }

    @Test(
        "with a mistake are refused",
        arguments: [
            "${foo", "${", "${}", "${:-x}", "${{foo}}", "${foo:x}", "${foo:#x}", "${foo!x}", "'open", "\"open",
            "${none?}",
            "${none:?text}", "${empty:?}", "${foo:-'}", "${foo/a}", "${foo#\\x}",
        ])
    func refused(text: String) {
        #expect(throws: ExpansionFailure.self) { try word(text) }
    }

    @Test("a question mark's own words are the message")
    func question() {
        let failure = #expect(throws: ExpansionFailure.self) { try word("${none:?set it}") }
        #expect(failure?.message == "none: set it")
    }

    @Test("are cut at spaces that are neither quoted nor escaped, also those of a value")
    func words() throws {
        let rules = WordExpansion()
        let values = ["two": "a b", "one": "c"]
        #expect(
            try rules.words(of: #"x $two "$two" d\ e '' f"#) { values[$0] } == ["x", "a", "b", "a b", "d e", "", "f"])
        #expect(try rules.words(of: "  ") == [])
    }

    @Test("that are not set can stay as they are written")
    func keeping() throws {
        let rules = WordExpansion(keepsUnset: true)
        let text = "$a ${b} ${c:-d} ${e#f} ${g//h/i}"
        #expect(try rules.word(text) == text)
        #expect(try rules.resolve("$a$b") { $0 == "a" ? "1" : nil }.unset == ["b"])
    }

    @Test("a backtick escapes where the file says so")
    func backtick() throws {
        let rules = WordExpansion(escape: "`")
        #expect(try rules.word("`$foo \\$foo") { values[$0] } == "$foo \\bar")
    }
}
