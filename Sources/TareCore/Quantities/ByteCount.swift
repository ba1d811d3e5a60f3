/// A number of bytes.
///
/// A type of its own so that a byte count is never mixed with a page count or a block count, and so that every place
/// prints it the same way.
public struct ByteCount: Hashable, Comparable, Sendable, Codable {
    /// The number of bytes; negative only as a difference of two counts.
    public var bytes: Int64

    /// Makes a count of `bytes` bytes.
    public init(_ bytes: Int64) { self.bytes = bytes }

    /// Reads the bare integer that `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        bytes = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes a bare integer: the key that holds it ends in `_bytes`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }

    /// No bytes.
    public static let zero = ByteCount(0)
    /// A count of binary kilobytes (1,024 bytes).
    public static func kibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 10) }
    /// A count of binary megabytes (1,048,576 bytes).
    public static func mebibytes(_ count: Int64) -> ByteCount { ByteCount(count << 20) }
    /// A count of binary gigabytes (1,073,741,824 bytes).
    public static func gibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 30) }

    /// Fewer bytes come first.
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
    /// The sum of two counts.
    public static func + (left: ByteCount, right: ByteCount) -> ByteCount { ByteCount(left.bytes + right.bytes) }
    /// The difference of two counts.
    public static func - (left: ByteCount, right: ByteCount) -> ByteCount { ByteCount(left.bytes - right.bytes) }
    /// `right` times the count.
    public static func * (left: ByteCount, right: Int64) -> ByteCount { ByteCount(left.bytes * right) }
    /// Adds in place.
    public static func += (left: inout ByteCount, right: ByteCount) { left.bytes += right.bytes }
    /// Subtracts in place.
    public static func -= (left: inout ByteCount, right: ByteCount) { left.bytes -= right.bytes }

    /// The count as a floating-point number of bytes.
    public var doubleValue: Double { Double(bytes) }
    /// The count in MiB.
    public var mebibytes: Double { Double(bytes) / 1_048_576 }
    /// The count in GiB.
    public var gibibytes: Double { Double(bytes) / 1_073_741_824 }

    /// This count as a share of `whole`, 0 to 1; `nil` where `whole` is empty, so that nobody divides by zero.
    public func share(of whole: ByteCount) -> Double? {
        whole.bytes > 0 ? Double(bytes) / Double(whole.bytes) : nil
    }
}

extension ByteCount: CustomStringConvertible {
    /// Three significant figures and a binary unit: `512 B`, `1.50 GiB`.
    public var description: String {
        let magnitude = Double(bytes.magnitude)
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
        var value = magnitude
        var unit = 0
        while value >= 1023.5, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        let sign = bytes < 0 ? "-" : ""
        return sign + (unit == 0 ? "\(bytes.magnitude)" : NumberText.significant(value, digits: 3)) + " " + units[unit]
    }
}
