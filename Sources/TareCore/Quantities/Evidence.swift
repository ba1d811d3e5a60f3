/// Where a number comes from.
///
/// Every number that a user sees carries one of these.
public enum Evidence: String, Codable, Sendable, CaseIterable, Hashable {
    /// Measured by Tare: on this machine unless the source says where.
    case measured
    /// Computed by Tare's model from other figures.
    case modelled
    /// Taken from a publication, whose row in the catalogue is the source.
    case published
    /// A prior without a source that could be read again.
    case assumed

    /// How direct the evidence is: 3 for measured down to 0 for assumed.
    public var strength: Int {
        switch self {
        case .measured: 3
        case .modelled: 2
        case .published: 1
        case .assumed: 0
        }
    }

    /// The word that is printed beside a number: `MEASURED`.
    public var badge: String { rawValue.uppercased() }

    /// The weaker of two kinds: what a result is that was made from both.
    public static func weaker(_ left: Evidence, _ right: Evidence) -> Evidence {
        left.strength <= right.strength ? left : right
    }
}
