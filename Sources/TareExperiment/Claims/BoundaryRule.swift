import TareCore

/// What separates the cells where a band holds from the others.
///
/// A share is OS / (OS + payload), so lo..hi holds exactly when the payload lies between OS (1 - hi) / hi and
/// OS (1 - lo) / lo.
struct BoundaryRule {
    let claim: Claim
    let cells: [ClaimResult.CellShare]

    /// The payload, as a multiple of the numerator, at which a share is `share`; infinite at 0.
    static func payloadFactor(at share: Double) -> Double { share > 0 ? (1 - share) / share : .infinity }

    /// The rule in words with numbers.
    var text: String {
        guard claim.band.count == 2 else { return "no band was agreed: set one with a low and a high end" }
        let low = claim.band[0]
        let high = claim.band[1]
        var parts: [String] = []
        if claim.quantity.isShare {
            let least = BoundaryRule.payloadFactor(at: high)
            let greatest = BoundaryRule.payloadFactor(at: low)
            parts.append("holds only while the other data are \(span(least, greatest)) times the \(part)")
            for guest in guests.prefix(4) {
                let bytes = typicalPart(of: guest)
                let ends =
                    if !greatest.isFinite {
                        "at least \(size(bytes * least))"
                    } else if least == 0 {
                        "at most \(size(bytes * greatest))"
                    } else {
                        "\(size(bytes * least)) to \(size(bytes * greatest))"
                    }
                parts.append("with the \(ByteCount(Int64(bytes))) of \(guest) that is \(ends)")
            }
        }
        if let cell = example(.inside) { parts.append("holds: \(described(cell))") }
        if let cell = example(.below) { parts.append("below: \(described(cell))") }
        if let cell = example(.above) { parts.append("above: \(described(cell))") }
        return parts.joined(separator: "; ")
    }

    private var part: String {
        if case .share(let owner, _) = claim.quantity.function { return owner == .os ? "OS" : owner.rawValue }
        return "part"
    }

    private var guests: [String] { Set(cells.map(\.guest)).filter { !$0.isEmpty }.sorted() }

    private func span(_ low: Double, _ high: Double) -> String {
        if low == 0, high.isFinite { return "at most \(NumberText.fixed(high, decimals: 2))" }
        return high.isFinite
            ? "\(NumberText.fixed(low, decimals: 2)) to \(NumberText.fixed(high, decimals: 2))"
            : "at least \(NumberText.fixed(low, decimals: 2))"
    }

    /// Bytes as text; a band of next to nothing allows more than a count can hold.
    private func size(_ bytes: Double) -> String { "\(ByteCount(Int64(min(max(bytes, 0), 9e18))))" }

    private func typicalPart(of guest: String) -> Double {
        let parts = cells.filter { $0.guest == guest }.map(\.partBytes).sorted()
        return parts.isEmpty ? 0 : parts[parts.count / 2]
    }

    /// The cell nearest to the band on that side, so that the example shows the edge.
    private func example(_ side: BandTally.Position) -> ClaimResult.CellShare? {
        // Inside, the middle shows the claim best; an open side has no middle, so there the nearest to the edge.
        let middle = claim.low.flatMap { low in claim.high.map { (low + $0) / 2 } }
        func distance(_ value: Double) -> Double {
            if side == .inside, let middle { return abs(value - middle) }
            return min(abs(value - claim.band[0]), abs(value - claim.band[1]))
        }
        return cells.filter { BandTally.position(of: $0, band: claim.band) == side }
            .min { distance($0.share) < distance($1.share) }
    }

    private func described(_ cell: ClaimResult.CellShare) -> String {
        let value = ValueText(claim.quantity).text(cell.share)
        guard claim.quantity.isShare else { return "\(cell.name) (\(value))" }
        let rest = ByteCount(Int64(cell.wholeBytes - cell.partBytes))
        return "\(cell.name) (\(value); \(rest) beside \(ByteCount(Int64(cell.partBytes))))"
    }
}
