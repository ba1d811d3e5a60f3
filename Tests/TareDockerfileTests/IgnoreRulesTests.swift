import TareCore
import Testing

@testable import TareDockerfile

@Suite(".dockerignore")
struct IgnoreRulesTests {
    @Test(
        "leaves out what Docker leaves out",
        arguments: [
            ("*.log", "a.log", true), ("*.log", "d/a.log", false), ("**/*.log", "a.log", true),
            ("**/*.log", "d/e/a.log", true), ("d", "d/e/f", true), ("d", "de", false), ("/d", "d/x", true),
            ("d/", "d/x", true), ("./d", "d", true), ("d/../e", "e", true), ("*/x", "a/x", true), ("*/x", "x", false),
            ("a?c", "abc", true), ("a?c", "a/c", false), ("[a-c]x", "bx", true), ("[^a-c]x", "bx", false),
            ("**", "any/thing", true), ("d/**", "d/x/y", true), ("d/**", "d", false), ("**/d", "d", true),
            ("**/d", "a/b/d/x", true), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true), ("a/**/z", "ab/z", false),
            ("**foo", "barfoo", true), ("**foo", "x/barfoo", true), ("#d", "#d", false), ("\\#d", "#d", true),
            ("  d  ", "d", true), ("a b", "a b", true), ("*.md\n!README.md", "README.md", false),
            ("*.md\n!README.md", "x.md", true), ("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true),
            ("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false), ("d\n!d/keep", "d/keep", false),
            ("d\n!d/keep", "d/other", true), ("d\n! d/keep", "d/keep", false), ("\u{FEFF}d", "d", true),
            ("*\n!src", "src/a/b", false), ("*\n!src", "lib/a", true), ("", "a", false), (".", "a", false),
            ("a\\*b", "a*b", true), ("a\\*b", "axb", false), ("a.b", "axb", false), ("a+(b)", "a+(b)", true),
        ] as [(String, String, Bool)])
    func documented(rules: String, path: String, expected: Bool) throws {
        #expect(try IgnoreRules(text: rules).ignores(path) == expected)
    }

    @Test("names every line that is no pattern")
    func mistakes() {
        let error = #expect(throws: TareError.self) { try IgnoreRules(text: "ok\n[a\n!\nb\\\n", name: "I") }
        #expect(error?.causes.map(\.subject) == ["I:2:1", "I:3:1", "I:4:1"])
    }

    @Test("says whether something may be brought back")
    func exceptions() throws {
        #expect(try IgnoreRules(text: "a\n!a/b").hasExceptions)
        #expect(try !IgnoreRules(text: "a\nb").hasExceptions)
    }
}

@Suite("path patterns of COPY")
struct PathPatternTests {
    @Test(
        "match as Go's filepath.Match",
        arguments: [
            ("abc", "abc", true), ("*", "abc", true), ("*c", "abc", true), ("a*", "ab/c", false),
            ("a*/b", "abc/b", true),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/f", true), ("a*b?c*x", "abxbbxdbxebxczzx", true), ("ab[c]", "abc", true),
            ("ab[b-d]", "abc", true), ("ab[^e-g]", "abc", true), ("a\\*b", "a*b", true), ("a\\*b", "ab", false),
            ("a?b", "a\u{263a}b", true), ("a[^a]b", "a\u{263a}b", true), ("a[\\]]b", "a]b", true),
            ("[\\-x]", "-", true),
            ("[x\\-]", "z", false), ("*x", "xxx", true), ("?", "/", false), ("[a-z]", "/", false),
        ] as [(String, String, Bool)])
    func matching(pattern: String, path: String, expected: Bool) throws {
        #expect(try #require(PathPattern(pattern)).matches(path) == expected)
    }

    @Test("that do not close are none", arguments: ["[", "[^", "[]a]", "[a", "[a-]", "[-]", "[-x]", "a\\"])
    func open(pattern: String) { #expect(PathPattern(pattern) == nil) }

    @Test(
        "are cleaned as Go's filepath.Clean does it",
        arguments: [
            ("", "."), ("a/b", "a/b"), ("a//b/.", "a/b"), ("a/../..", ".."), ("/..", "/"), ("/a/../../b", "/b"),
            ("./", "."),
            ("../a/..", ".."),
        ])
    func cleaning(path: String, expected: String) { #expect(PathCleaning.clean(path) == expected) }
}
