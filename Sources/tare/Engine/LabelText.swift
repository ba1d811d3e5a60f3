/// Labels as docker's flags have them: `NAME=value`, or `NAME` for an empty one.
enum LabelText {
    /// Reads them; of a name that is given twice, the last one counts.
    static func read(_ texts: [String]) -> [String: String] {
        var labels: [String: String] = [:]
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            labels[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        return labels
    }
}
