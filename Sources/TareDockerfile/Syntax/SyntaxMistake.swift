/// A mistake at one place, on its way to the diagnostics.
struct SyntaxMistake: Error {
    var position: SourcePosition
    var message: String
    var hint: String?

    init(_ position: SourcePosition, _ message: String, hint: String? = nil) {
        self.position = position
        self.message = message
        self.hint = hint
    }
}
