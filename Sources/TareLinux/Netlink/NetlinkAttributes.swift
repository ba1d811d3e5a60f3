import CTareLinux

/// The attributes of a message or of a nested attribute, found by type.
public struct NetlinkAttributes: Sendable {
    private var found: [(type: Int, value: ArraySlice<UInt8>)] = []

    /// Reads attributes up to the first that does not fit.
    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while rest.count >= 4 {
            let length = Int(rest.number(UInt16.self, at: rest.startIndex))
            guard length >= 4, length <= rest.count else { return }
            let type = Int(rest.number(UInt16.self, at: rest.startIndex + 2)) & 0x3fff
            found.append((type, rest[(rest.startIndex + 4)..<(rest.startIndex + length)]))
            rest = rest.dropFirst((length + 3) & ~3)
        }
    }

    /// The bytes of the first attribute of this type.
    public func bytes(_ type: Int) -> ArraySlice<UInt8>? { found.first { $0.type == type }?.value }

    /// A number in host order; `nil` where it is missing or too short.
    public func number<Number: FixedWidthInteger>(_ type: Int, as: Number.Type = Number.self) -> Number? {
        guard let value = bytes(type), value.count >= Number.bitWidth / 8 else { return nil }
        return value.number(Number.self, at: value.startIndex)
    }

    /// Text up to its NUL.
    public func text(_ type: Int) -> String? {
        bytes(type).map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The attributes inside the first attribute of this type; none where it is missing.
    public func nested(_ type: Int) -> NetlinkAttributes { NetlinkAttributes(bytes(type) ?? []) }

    /// Every attribute in order, for lists.
    public var all: [(type: Int, value: ArraySlice<UInt8>)] { found }
}
