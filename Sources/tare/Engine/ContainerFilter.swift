import TareCore
import TareEngine

/// One `--filter` of `ps`.
struct ContainerFilter {
    private let key: String
    private let value: String

    private static let keys = ["status", "name", "label", "ancestor", "network", "health", "id"]

    /// Reads `key=value`.
    init(_ text: String) throws(TareError) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, Self.keys.contains(sides[0]) else {
            let near = Suggestion.nearest(to: sides[0], among: Self.keys).map { "did you mean \($0)=?" }
            throw TareError(
                .usage,
                subject: "--filter \(text)",
                "not a filter",
                hint: near ?? "write KEY=value with one of " + Self.keys.joined(separator: ", ")
            )
        }
        (key, value) = (sides[0], sides[1])
    }

    /// Whether a container passes.
    func matches(_ row: ContainerSummary) -> Bool {
        switch key {
        case "status": return row.status.rawValue == value
        case "name": return row.name.contains(value)
        case "ancestor": return row.image == value || row.image.hasPrefix(value + ":")
        case "network": return row.network == value
        case "health": return (row.health?.rawValue ?? "none") == value
        case "id": return row.id.description.hasPrefix(value)
        default:
            let sides = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let there = row.labels[sides[0]] else { return false }
            return sides.count == 1 || there == sides[1]
        }
    }
}
