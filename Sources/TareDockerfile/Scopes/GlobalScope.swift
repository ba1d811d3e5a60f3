import TareCore

/// The arguments before the first `FROM`, which only `FROM` sees, and stages that declare them anew.
public struct GlobalScope: Sendable {
    /// The caller's inputs.
    public let inputs: BuildInputs
    /// Each argument that is set.
    public private(set) var values: [String: String]
    let text: ScopeText

    /// Computes the arguments: the caller's value, or the default with what is declared above it.
    ///
    /// - Throws: `invalid` where a default cannot be resolved.
    public init(of file: Dockerfile, inputs: BuildInputs) throws(TareError) {
        self.inputs = inputs
        text = ScopeText(file: file.name, escape: file.directives.escape)
        values = inputs.platformArguments
        for name in values.keys { if let given = inputs.arguments[name] { values[name] = given } }
        for argument in file.globalArguments {
            if let given = inputs.arguments[argument.name.text] {
                values[argument.name.text] = given
            } else if let standard = argument.value {
                values[argument.name.text] = try expand(standard)
            }
        }
    }

    /// A word of `FROM` with its variables replaced.
    public func expand(_ word: SyntaxWord) throws(TareError) -> String {
        try text.resolve(word) { values[$0] }.text
    }
}
