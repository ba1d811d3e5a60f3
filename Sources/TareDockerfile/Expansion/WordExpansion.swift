/// Resolves quotes, escapes and variables in words, as BuildKit documents it.
///
/// `$name`, `${name}`, `${name:-word}`, `${name-word}`, `:+` and `+`, `:?` and `?`, `#` and `##`, `%` and `%%` with `*` and
/// `?` as patterns, `/` and `//`. A single quote keeps all, a double quote lets `$` through. A word of a modifier may hold
/// variables itself.
///
///     try WordExpansion().word("${user:-app}-$1") { ["user": "web"][$0] }     // "web-"
public struct WordExpansion: Hashable, Sendable {
    /// What escapes.
    public var escape: Unicode.Scalar
    /// Whether a variable that is not set stays as it is written.
    public var keepsUnset: Bool
    /// Whether quotes stay.
    public var keepsQuotes: Bool
    /// Whether escapes stay.
    public var keepsEscapes: Bool
    /// Whether quotes are plain characters, as in a heredoc.
    public var quotesArePlain: Bool

    /// Chooses how words are resolved.
    public init(
        escape: Unicode.Scalar = "\\",
        keepsUnset: Bool = false,
        keepsQuotes: Bool = false,
        keepsEscapes: Bool = false,
        quotesArePlain: Bool = false
    ) {
        self.escape = escape
        self.keepsUnset = keepsUnset
        self.keepsQuotes = keepsQuotes
        self.keepsEscapes = keepsEscapes
        self.quotesArePlain = quotesArePlain
    }

    /// What came of a word.
    public struct Outcome: Hashable, Sendable {
        /// The word as one.
        public var text: String
        /// The word cut at spaces that are neither quoted nor escaped.
        public var words: [String]
        /// The variables that it used and that are set.
        public var used: Set<String>
        /// The variables that it used and that are not set.
        public var unset: Set<String>
    }

    /// Resolves a word.
    ///
    /// - Parameters:
    ///   - source: the word as written.
    ///   - value: a variable's value, or `nil` where it is not set.
    /// - Returns: the word, its parts, and which variables it used.
    /// - Throws: `ExpansionFailure` for an open quote or brace, a modifier that is none, or a `:?` that fails.
    /// - Complexity: O(length), and O(value x pattern) for each pattern.
    public func resolve(
        _ source: String, value: (String) -> String? = { _ in nil }
    ) throws(ExpansionFailure) -> Outcome {
        var reader = ExpansionReader(rules: self, scalars: Array(source.unicodeScalars))
        let (text, words) = try reader.read(until: nil, keepsEscapes: keepsEscapes, value: value)
        return Outcome(text: text, words: words, used: reader.used, unset: reader.unset)
    }

    /// The word with its variables replaced.
    public func word(_ source: String, value: (String) -> String? = { _ in nil }) throws(ExpansionFailure) -> String {
        try resolve(source, value: value).text
    }

    /// The word with its variables replaced, cut at spaces.
    public func words(
        of source: String, value: (String) -> String? = { _ in nil }
    ) throws(ExpansionFailure) -> [String] {
        try resolve(source, value: value).words
    }
}
