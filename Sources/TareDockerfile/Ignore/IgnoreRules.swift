import TareCore

/// What a `.dockerignore` leaves out of a build's context.
///
/// The last line that fits decides; a path is left out with its folder, and `!` brings one back.
///
///     let rules = try IgnoreRules(text: "*.log\n!keep.log\n")
///     rules.ignores("a.log")       // true
public struct IgnoreRules: Hashable, Sendable {
    private var patterns: [IgnorePattern] = []

    /// Leaves nothing out.
    public init() {}

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - text: what it holds.
    ///   - name: what to call it in messages.
    /// - Throws: `invalid` with every line that is no pattern.
    public init(text: String, name: String = ".dockerignore") throws(TareError) {
        var diagnostics = DockerfileDiagnostics(file: name)
        for line in SourceLine.split(text) {
            guard line.scalars.first != "#" else { continue }
            var words = Self.trimmed(line.content)
            guard let first = words.first else { continue }
            let isException = first == "!"
            if isException { words = Self.trimmed(words.dropFirst()) }
            var path = words.isEmpty ? "" : PathCleaning.clean(words.text)
            if path.unicodeScalars.count > 1, path.hasPrefix("/") { path.removeFirst() }
            let position = SourcePosition(line: line.number, column: 1)
            if path.isEmpty {
                diagnostics.report(position, "'!' needs a pattern behind it", hint: "write !PATTERN")
            } else if let pattern = IgnorePattern(path, isException: isException) {
                patterns.append(pattern)
            } else {
                diagnostics.report(position, "'\(path)' is no pattern", hint: "close its bracket, or escape it with \\")
            }
        }
        if let error = diagnostics.combined { throw error }
    }

    /// Takes patterns as `COPY --exclude` gives them; one that is no pattern fits nothing.
    public init(patterns texts: [String]) {
        for text in texts {
            let isException = text.hasPrefix("!")
            let path = PathCleaning.clean(isException ? String(text.dropFirst()) : text)
            let relative = path.count > 1 && path.hasPrefix("/") ? String(path.dropFirst()) : path
            if let pattern = IgnorePattern(relative, isException: isException) { patterns.append(pattern) }
        }
    }

    /// Whether nothing is left out.
    public var isEmpty: Bool { patterns.isEmpty }

    /// Whether a path that is left out may have something in it that is brought back, so that a folder must be looked
    /// through all the same.
    public var hasExceptions: Bool { patterns.contains(where: \.isException) }

    /// Whether `path` is left out.
    ///
    /// - Parameter path: relative to the context, with `/` between its parts.
    /// - Returns: whether the last pattern that fits it or a folder above it leaves it out.
    /// - Complexity: O(patterns x depth x length).
    public func ignores(_ path: String) -> Bool {
        var isIgnored = false
        var parents: [String] = []
        for (index, character) in path.enumerated() where character == "/" {
            parents.append(String(path.prefix(index)))
        }
        for pattern in patterns where pattern.isException == isIgnored {
            if pattern.matches(path) || parents.contains(where: pattern.matches) { isIgnored = !pattern.isException }
        }
        return isIgnored
    }

    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        var scalars = scalars
        while scalars.first?.isSpace == true { scalars.removeFirst() }
        while scalars.last?.isSpace == true { scalars.removeLast() }
        return scalars
    }
}
