/// The headers of a message, in their order; names are compared without regard to case.
public struct HTTPHeaders: Sendable, Hashable {
    /// Name and value of each.
    public private(set) var fields: [(name: String, value: String)] = []

    /// No headers.
    public init() {}

    /// Adds a header.
    public mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

    /// The first value of a header, or `nil` where it is not there.
    public subscript(_ name: String) -> String? { all(name).first }

    /// All values of a header, in their order.
    public func all(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// Whether two have the same fields in the same order.
    public static func == (a: HTTPHeaders, b: HTTPHeaders) -> Bool {
        a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    /// Hashes the fields.
    public func hash(into hasher: inout Hasher) {
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
    }
}
