import TareStatistics
import TareTestSupport
import Testing

@testable import TareDockerfile

@Suite("bash agrees")
struct ShellOracleTests {
    private static let values = ["foo": "bar", "path": "/usr/local/lib", "file": "a.tar.gz", "empty": "", "s": "a b"]

    /// Words that a shell and a Dockerfile read alike: no tilde, no command, none of the shell's own parameters.
    private struct Words {
        var random: SeededGenerator

        mutating func pick(_ list: [String]) -> String { list[Int(random.next() % UInt64(list.count))] }

        mutating func word(_ depth: Int) -> String {
            var text = ""
            for _ in 0...(random.next() % 4) { text += piece(depth) }
            return text
        }

        private mutating func piece(_ depth: Int) -> String {
            let name = pick(["foo", "path", "file", "empty", "s", "none"])
            let literal = pick(["a", "b.c", "x/y", "-", "\\a", "\\$foo", "\\\\", "\\\"", "\\'", "9"])
            let pattern = pick(["*", "?", "a*", "*.", "/*", "*/", "b", "l?", "\\*", "*r", ".*"])
            switch random.next() % (depth > 0 ? 10 : 4) {
            case 0: return literal
            case 1: return "${\(name)}"
            case 2: return "'\(pick(["a b", "$foo", "\\", "\""]))'"
            case 3: return "$\(name)/"
            case 4: return "${\(name)\(pick([":-", "-", ":+", "+"]))\(word(depth - 1))}"
            case 5: return "${\(name)\(pick(["#", "##", "%", "%%"]))\(pattern)}"
            // Of an empty value bash replaces nothing, BuildKit what `*` fits; that one pattern is left out.
            case 6 where pattern != "*":
                return "${\(name)/\(pattern.replacing("/", with: "l"))/\(pick(["X", "", "yz"]))}"
            case 7: return "${\(name)//\(pick(["l", "a", ".", "?"]))/\(pick(["X", "", "yz"]))}"
            case 8: return "\"\(pick(["a b", "$foo", "\\x", "\\$s", "\\\"", "'$s'", "${path##*/}", "${none:-d}"]))\""
            default: return "${\(name):-\"\(pick(["a b", "$foo", "\\x"]))\"}"
            }
        }
    }

    @Test("thousands of random words come out as bash has them")
    func randomWords() throws {
        var words = Words(random: SeededGenerator(seed: 7))
        let all = (0..<4000).map { _ in words.word(2) }
        let pairs = Self.values.map { "(\"\($0.key)\", \"\($0.value)\")" }.joined(separator: ", ")
        let script = """
            import json, subprocess, sys
            lines = ["shopt -u patsub_replacement 2>/dev/null"]
            for name, value in [\(pairs)]: lines.append(f"{name}='{value}'")
            for word in json.load(open(sys.argv[1])): lines += ["x=" + word, "printf '%s\\\\0' \\"$x\\""]
            out = subprocess.run(["bash", "--norc"], input="\\n".join(lines).encode(), stdout=subprocess.PIPE, check=True)
            json.dump(out.stdout.decode().split("\\0")[:-1], open(sys.argv[2], "w"))
            """
        let expected = try PythonRun.json(
            [String].self, script: script, input: all)
        #expect(expected.count == all.count)
        var faults: [String] = []
        for (word, wanted) in zip(all, expected) {
            let got = try? WordExpansion().word(word) { Self.values[$0] }
            if got != wanted { faults.append("\(word)  ours \(got ?? "refused")  bash \(wanted)") }
        }
        #expect(faults.isEmpty, "\(faults.count) differ:\n\(faults.prefix(12).joined(separator: "\n"))")
    }
}
