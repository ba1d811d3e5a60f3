/// Any JSON value: what a monitor answers differs from command to command.
public enum JSONValue: Codable, Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// Another number.
    case number(Double)
    /// Text.
    case text(String)
    /// A list.
    case list([JSONValue])
    /// Names and values.
    case object([String: JSONValue])

    /// Reads whichever it is.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if box.decodeNil() {
            self = .null
        } else if let value = try? box.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? box.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? box.decode(Double.self) {
            self = .number(value)
        } else if let value = try? box.decode(String.self) {
            self = .text(value)
        } else if let value = try? box.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try box.decode([String: JSONValue].self))
        }
    }

    /// Writes it as it would be read.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        switch self {
        case .null: try box.encodeNil()
        case .bool(let value): try box.encode(value)
        case .integer(let value): try box.encode(value)
        case .number(let value): try box.encode(value)
        case .text(let value): try box.encode(value)
        case .list(let value): try box.encode(value)
        case .object(let value): try box.encode(value)
        }
    }

    /// A member of an object, or `nil`.
    public subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text, or `nil` where it is something else.
    public var asText: String? { if case .text(let value) = self { value } else { nil } }
    /// The whole number, or `nil` where it is something else.
    public var asInteger: Int64? { if case .integer(let value) = self { value } else { nil } }
    /// The values of a list, empty where it is something else.
    public var elements: [JSONValue] { if case .list(let values) = self { values } else { [] } }
}
