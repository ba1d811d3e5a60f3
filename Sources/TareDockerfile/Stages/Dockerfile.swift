import TareCore

/// A Dockerfile, checked: its stages and the arguments before them.
///
///     let file = try Dockerfile("FROM debian:12\nRUN apt-get update\n", name: "Dockerfile")
///     file.stages[0].instructions[0].action       // .run(...)
///
/// Reading it does nothing but read: variables stay as they are until `Scope` replaces them.
public struct Dockerfile: Hashable, Sendable {
    /// What the comments at the top say to the parser.
    public var directives: Directives
    /// Arguments before the first `FROM`.
    public var globalArguments: [ArgumentDeclaration]
    /// The stages, at least one.
    public var stages: [Stage]
    /// What is allowed and probably not meant.
    public var warnings: [Warning]
    /// The file's name, for messages.
    public var name: String

    /// Reads and checks a file.
    ///
    /// - Parameters:
    ///   - text: what the file holds.
    ///   - name: what to call it in messages.
    /// - Throws: `invalid` with every mistake of the file, each at its line and column.
    /// - Complexity: O(length).
    public init(_ text: String, name: String = "Dockerfile") throws(TareError) {
        var diagnostics = DockerfileDiagnostics(file: name)
        let syntax = SyntaxParser(text: text, diagnostics: &diagnostics)
        var reader = StageReader(escape: syntax.directives.escape)
        for node in syntax.nodes { reader.take(node, into: &diagnostics) }
        reader.finish(into: &diagnostics)
        if let error = diagnostics.combined { throw error }
        directives = syntax.directives
        globalArguments = reader.globalArguments
        stages = reader.stages
        self.name = name
        warnings = []
        warnings = WarningFinder.find(in: self, nodes: syntax.nodes, emptyLines: syntax.emptyContinuations)
    }

    /// Reads and checks a file's bytes.
    ///
    /// - Throws: `invalid` also where they are no UTF-8.
    public init(bytes: [UInt8], name: String = "Dockerfile") throws(TareError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TareError(
                .invalid, subject: name, "cannot read the Dockerfile: it is no UTF-8 text",
                hint: "save it as UTF-8")
        }
        try self.init(text, name: name)
    }

    /// The stage with this name or number; the last one of a name, as in Docker.
    ///
    /// - Parameters:
    ///   - reference: a name in any case, or a number.
    ///   - limit: only stages before this one.
    /// - Returns: the stage, or `nil` where there is none: then it may be an image.
    public func stage(_ reference: String, before limit: Int? = nil) -> Stage? {
        let earlier = stages.prefix(limit ?? stages.count)
        if let found = earlier.last(where: { $0.name?.text == reference.lowercased() }) { return found }
        guard let number = Int(reference), earlier.indices.contains(number) else { return nil }
        return earlier[number]
    }
}
