import TareCore

/// What the instructions of one stage see: its arguments from `ARG` on, and the environment.
///
/// `ENV` wins over `ARG` of the same name, wherever each stands. An argument without a default takes the caller's value,
/// else that of the global argument of its name.
///
///     var scope = StageScope(global: global, environment: ["PATH=/bin"])
///     try scope.declare(argument)                 // ARG VERSION=1
///     try scope.expand(word)                      // "app-$VERSION" is "app-1"
public struct StageScope: Sendable {
    private let global: GlobalScope
    /// `NAME=value`, the base's first.
    public private(set) var environment: [String]
    /// Each declared argument that has a value.
    public private(set) var arguments: [String: String] = [:]
    /// The names of all declared arguments, in order.
    public private(set) var declared: [String] = []

    /// Begins a stage.
    ///
    /// - Parameters:
    ///   - global: the arguments before the first `FROM`.
    ///   - environment: what the base sets, as `NAME=value`.
    public init(global: GlobalScope, environment: [String] = []) {
        self.global = global
        self.environment = environment
    }

    /// A variable's value for the instructions from here on, or `nil` where it is not set.
    public func value(of name: String) -> String? { environmentValue(name) ?? arguments[name] }

    private func environmentValue(_ name: String) -> String? {
        environment.last { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// A word with its variables replaced and its quotes resolved.
    public func expand(_ word: SyntaxWord) throws(TareError) -> String {
        try global.text.resolve(word, value: value).text
    }

    /// A word with its variables replaced, cut at spaces; `EXPOSE` and `VOLUME` take several from one variable.
    public func words(of word: SyntaxWord) throws(TareError) -> [String] {
        try global.text.resolve(word, value: value).words
    }

    /// The variables that a word uses and that are set.
    public func variables(in word: SyntaxWord) throws(TareError) -> Set<String> {
        try global.text.resolve(word, value: value).used
    }

    /// A heredoc's text; its variables are replaced where its name has no quotes.
    public func expand(_ document: Heredoc) throws(TareError) -> String {
        guard document.expands else { return document.text }
        let rules = WordExpansion(escape: global.text.escape, quotesArePlain: true)
        do throws(ExpansionFailure) {
            return try rules.word(document.text, value: value)
        } catch {
            throw TareError(
                .invalid, subject: "\(global.text.file):\(document.firstLine):1",
                "in the heredoc '\(document.name)': \(error.message)",
                hint: "quote its name, as in <<'\(document.name)', to keep variables as they are")
        }
    }

    /// A mount of `RUN` with its variables replaced.
    public func mount(_ word: SyntaxWord) throws(TareError) -> RunMount {
        do throws(RunMount.Mistake) {
            return try RunMount(word.text) { (text) throws(RunMount.Mistake) in
                do throws(ExpansionFailure) {
                    return try WordExpansion(escape: global.text.escape).word(text, value: value)
                } catch {
                    throw RunMount.Mistake("in '\(text)': \(error.message)")
                }
            }
        } catch {
            throw TareError(
                .invalid, subject: "\(global.text.file):\(word.position)", error.message, hint: error.hint)
        }
    }

    /// Takes one name of `ARG`.
    ///
    /// - Throws: `invalid` where its default cannot be resolved.
    public mutating func declare(_ argument: ArgumentDeclaration) throws(TareError) {
        let name = argument.name.text
        if !declared.contains(name) { declared.append(name) }
        if let given = global.inputs.arguments[name] {
            arguments[name] = given
        } else if let standard = argument.value {
            arguments[name] = try expand(standard)
        } else if let known = global.values[name] {
            arguments[name] = known
        }
    }

    /// Takes all pairs of one `ENV`; each sees the values from before the instruction.
    ///
    /// - Returns: the pairs as they are set.
    /// - Throws: `invalid` where a value cannot be resolved.
    @discardableResult
    public mutating func set(_ pairs: [NameValue]) throws(TareError) -> [String] {
        var fresh: [(name: String, text: String)] = []
        for pair in pairs {
            let name = try expand(pair.name)
            fresh.append((name, "\(name)=\(try expand(pair.value))"))
        }
        for (name, text) in fresh {
            if let index = environment.firstIndex(where: { $0.hasPrefix(name + "=") }) {
                environment[index] = text
            } else {
                environment.append(text)
            }
        }
        return fresh.map(\.text)
    }

    /// The arguments that a command sees beside the environment, as `NAME=value`, in the order of their declaration.
    public var commandArguments: [String] {
        declared.compactMap { name in
            guard environmentValue(name) == nil, let value = arguments[name] else { return nil }
            return "\(name)=\(value)"
        }
    }
}
