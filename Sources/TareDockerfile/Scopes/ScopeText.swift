import TareCore

/// Replaces variables in words of a file, with errors at their place.
struct ScopeText {
    let file: String
    let escape: Unicode.Scalar

    func resolve(
        _ word: SyntaxWord, value: (String) -> String?
    ) throws(TareError) -> WordExpansion.Outcome {
        do throws(ExpansionFailure) {
            return try WordExpansion(escape: escape).resolve(word.text, value: value)
        } catch {
            var position = word.position
            position.column += error.offset
            throw TareError(.invalid, subject: "\(file):\(position)", "in '\(word.text)': \(error.message)")
        }
    }
}
