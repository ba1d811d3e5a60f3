import TareCore
import TareLinux
import Yams

/// Reads scenario files and reports every mistake with its line, its column and what to do.
///
///     bytes -> Yams nodes with marks -> fields (unknown keys, units, names) -> checks across fields -> Scenario
public enum ScenarioReader {
    /// The longest file that is read, in bytes.
    public static let longest = 1 << 20

    /// A scenario together with the text that it came from.
    public struct Read: Sendable {
        /// The scenario.
        public var scenario: Scenario
        /// The file's text, to the byte.
        public var text: String
        /// The canonical form: JSON with sorted keys, independent of comments and of the order of keys.
        public var canonical: String
        /// The digest of the canonical form.
        public var hash: String
    }

    /// Reads the file at `path`; touches nothing else.
    ///
    /// - Parameter path: the scenario file.
    /// - Returns: the scenario with its text, canonical form and hash.
    /// - Throws: `notFound`, or `invalid` whose causes are all the mistakes, each at `file:line:column`.
    public static func read(path: String) throws(TareError) -> Read {
        guard FileReading.exists(path) else {
            let hint = "write one with `tare init`"
            throw TareError(.notFound, subject: path, "cannot read the scenario: no such file", hint: hint)
        }
        guard !FolderMaking.isFolder(path) else {
            throw invalid(path, "a folder is not a scenario", hint: "name the YAML file inside it")
        }
        let bytes: [UInt8]
        do throws(TareError) { bytes = try FileReading.bytes(at: path, limit: longest) } catch {
            guard error.code == .exhausted else { throw error }
            throw invalid(
                path, "the file is longer than 1 MiB", hint: "a scenario is a short text; is this a data file?")
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            let (line, column) = place(of: firstFault(in: bytes), in: String(decoding: bytes, as: UTF8.self))
            throw invalid(
                path, line: line, column: column, "the file is not UTF-8 text",
                hint: "a scenario is YAML; write one with `tare init`")
        }
        return try read(text: text, file: path)
    }

    /// Reads a scenario from its text.
    ///
    /// - Parameters:
    ///   - text: the YAML text.
    ///   - file: its name, for the positions of mistakes.
    /// - Returns: the scenario with its text, canonical form and hash.
    /// - Throws: `invalid` whose causes are all the mistakes.
    public static func read(text: String, file: String) throws(TareError) -> Read {
        var parse = ScenarioParse(file: file)
        let plain = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        guard let root = compose(plain, file: file, into: &parse.diagnostics) else {
            throw parse.diagnostics.combined ?? invalid(file, "the file is empty", hint: "write one with `tare init`")
        }
        let scenario = parse.scenario(root)
        if let error = parse.diagnostics.combined { throw error }
        guard let scenario else {
            throw TareError(.internal, subject: file, "a scenario without mistakes could not be built")
        }
        let canonical = try JSONText.encode(scenario)
        let hash = try SHA256.digest(of: canonical).description
        return Read(scenario: scenario, text: text, canonical: canonical, hash: hash)
    }

    private static func invalid(
        _ path: String, line: Int = 1, column: Int = 1, _ message: String, hint: String
    ) -> TareError {
        let cause = TareError(.invalid, subject: "\(path):\(line):\(column)", message, hint: hint)
        return TareError(.invalid, subject: path, "the scenario cannot be read", causes: [cause])
    }

    private static func compose(_ text: String, file: String, into diagnostics: inout ScenarioDiagnostics) -> Node? {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let indent = line.prefix { $0 == " " || $0 == "\t" }
            if let tab = indent.firstIndex(of: "\t") {
                let column = line.distance(from: line.startIndex, to: tab) + 1
                diagnostics.report(
                    line: index + 1, column: column, "a tab in the indentation", hint: "indent with spaces")
            }
        }
        for reference in YAMLReferences(in: text).found {
            let what = reference.name.hasPrefix("&") ? "anchor" : "alias"
            diagnostics.report(
                line: reference.line, column: reference.column,
                "`\(reference.name)` is a YAML \(what), which a scenario may not have",
                hint: "write the value out, or sweep it; a text that begins so needs quotes")
        }
        guard diagnostics.combined == nil else { return nil }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                diagnostics.report(nil, "the file is empty", hint: "write a scenario with `tare init`")
                return nil
            }
            return node
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                diagnostics.report(mark, "not YAML: \(problem)", hint: "check indentation, quotes and brackets here")
            case .reader(let problem, let offset, _, _):
                let (line, column) = place(of: offset ?? 0, in: text)
                diagnostics.report(
                    line: line, column: column, "not YAML: \(problem)", hint: "take the character at this place out")
            case .duplicatedKeysInMapping(let keys, let context):
                let mark = context.mark
                diagnostics.report(
                    mark, "the key `\(keys.joined(separator: "`, `"))` is given twice", hint: "keep one of them")
            default:
                diagnostics.report(nil, "not YAML: \(error)", hint: "check that the file is YAML text")
            }
        } catch {
            diagnostics.report(nil, "not YAML: \(error)", hint: "check that the file is YAML text")
        }
        return nil
    }

    /// The place of the first byte that is no UTF-8, or a zero.
    private static func firstFault(in bytes: [UInt8]) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var place = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator), scalar.first != 0 {
            place += scalar.count
        }
        return place
    }

    /// Line and column, from 1, of a byte of the text.
    private static func place(of offset: Int, in text: String) -> (line: Int, column: Int) {
        let before = String(decoding: text.utf8.prefix(max(0, offset)), as: UTF8.self)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        return (max(1, lines.count), (lines.last?.unicodeScalars.count ?? 0) + 1)
    }
}
