import TareCore

/// What a claim's scope says of one swept name: a value (`minimal`, `20MiB`) or a range of them (`20MiB..2GiB`, `1..50`).
///
/// Sizes, durations and rates are compared as quantities, so that `20MiB` is `20480KiB`; all else as text.
public struct ScopeValue: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The value as it was written.
    public var text: String
    private var low: Measure?
    private var high: Measure?

    /// A number together with what it measures, in the base unit of that.
    private struct Measure: Codable, Hashable, Sendable {
        enum Kind: String, Codable { case count, bytes, seconds, bits, share }
        var kind: Kind
        var value: Double

        init?(_ text: String) {
            if let number = Double(text), number.isFinite {
                self.init(kind: .count, value: number)
            } else if let bytes = try? UnitText.bytes(text) {
                self.init(kind: .bytes, value: bytes.doubleValue)
            } else if let seconds = try? UnitText.seconds(text) {
                self.init(kind: .seconds, value: seconds)
            } else if let bits = try? UnitText.bitsPerSecond(text) {
                self.init(kind: .bits, value: bits)
            } else if let share = try? UnitText.share(text) {
                self.init(kind: .share, value: share)
            } else {
                return nil
            }
        }

        private init(kind: Kind, value: Double) {
            self.kind = kind
            self.value = value
        }

        /// Below `other` by more than the rounding of a value that was written as text.
        func isBelow(_ other: Measure) -> Bool { value < other.value - 1e-6 * abs(other.value) }
    }

    /// Reads a value or a range.
    ///
    /// - Parameters:
    ///   - text: as the scenario has it.
    ///   - name: the swept name, for the error.
    /// - Throws: `TareError.invalid` where a range has ends of two kinds, or the greater end first.
    public init(_ text: String, of name: String) throws(TareError) {
        self.text = text
        guard let ends = UnitText.range(text) else {
            low = Measure(text)
            high = low
            return
        }
        guard let low = Measure(ends.low), let high = Measure(ends.high), low.kind == high.kind else {
            throw TareError(
                .invalid,
                subject: "scope.\(name)",
                "`\(text)` is not a range of one kind of quantity",
                hint: "give both ends with their units, such as `20MiB..2GiB` or `1..50`"
            )
        }
        guard !high.isBelow(low) else {
            throw TareError(
                .invalid,
                subject: "scope.\(name)",
                "the range `\(text)` is empty",
                hint: "write the lower end first: `\(ends.high)..\(ends.low)`"
            )
        }
        self.low = low
        self.high = high
    }

    /// Whether a cell's setting is this value or within this range.
    public func matches(_ setting: String) -> Bool {
        guard let low, let high, let value = Measure(setting), value.kind == low.kind else { return setting == text }
        return !value.isBelow(low) && !high.isBelow(value)
    }

    /// Whether the settings reach both ends of the range; always so of a single value.
    func isReached(by settings: [String]) -> Bool {
        guard let low, let high else { return true }
        let values = settings.compactMap { Measure($0) }.filter { $0.kind == low.kind }
        return values.contains { !low.isBelow($0) } && values.contains { !$0.isBelow(high) }
    }

    /// The settings by size, those that are no quantity last.
    static func sorted(_ settings: [String]) -> [String] {
        settings.sorted { (Measure($0)?.value ?? .infinity, $0) < (Measure($1)?.value ?? .infinity, $1) }
    }

    /// The value as it was written.
    public var description: String { text }
}
