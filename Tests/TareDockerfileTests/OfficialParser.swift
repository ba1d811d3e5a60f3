import FoundationEssentials
import Glibc
import TareTestSupport

/// Docker's own parser, by the Python module `dockerfile` that Scripts/install --tests puts into the cache.
enum OfficialParser {
    /// An instruction as that parser sees it.
    struct Command: Codable, Hashable {
        var keyword: String
        var nested: String?
        var isJSON: Bool
        var original: String
        var firstLine: Int
        var lastLine: Int
        var flags: [String]
        var values: [String]
        var heredocs: [Document]
    }

    struct Document: Codable, Hashable {
        var name: String
        var descriptor: Int
        var content: String
    }

    /// What it says of a file: instructions, a complaint, or neither where it gave no text.
    struct Answer: Codable {
        var commands: [Command]?
        var complaint: String?
    }

    /// Where the module may be: the folder of the installer, and one that the caller names.
    private static var folders: [String] {
        let variables = ProcessInfo.processInfo.environment
        let home = variables["HOME"] ?? "/root"
        let cache =
            variables["TARE_CACHE"] ?? variables["TARE_HOME"].map { $0 + "/cache" }
            ?? (variables["XDG_CACHE_HOME"] ?? home + "/.cache") + "/tare"
        return [cache + "/python", home + "/.cache/tare/python"]
    }

    static let isAvailable: Bool = (try? answers(to: ["FROM a\n"]))?.first?.commands?.count == 1

    /// Parses all files in one run of Python.
    static func answers(to files: [String]) throws -> [Answer] {
        let script = """
            import json, sys
            sys.path[:0] = \(folders)
            import dockerfile
            def whole(flag):  # It cuts flags into bytes and calls each a character.
                try: return flag.encode("latin-1").decode()
                except UnicodeError: return flag
            answers = []
            for text in json.load(open(sys.argv[1])):
                try:
                    answers.append({"commands": [dict(
                        keyword=c.cmd or "", nested=c.sub_cmd, isJSON=c.json, original=c.original or "", firstLine=c.start_line,
                        lastLine=c.end_line, flags=[whole(f or "") for f in c.flags], values=[v or "" for v in c.value],
                        heredocs=[dict(name=h.name or "", descriptor=h.file_descriptor, content=h.content or "")
                                  for h in c.heredocs])
                        for c in dockerfile.parse_string(text)]})
                except dockerfile.GoParseError as e:
                    answers.append({"complaint": str(e)})
                except UnicodeDecodeError:
                    answers.append({})  # It cuts flags by bytes, and not every cut is text.
            json.dump(answers, open(sys.argv[2], "w"))
            """
        return try PythonRun.json([Answer].self, script: script, input: files)
    }
}
