/// Which link is meant: by its number or by its name.
public struct LinkReference: Sendable, Hashable, CustomStringConvertible {
    /// The number, where it is known.
    public var index: Int32?
    /// The name, where the number is not known.
    public var name: String?

    /// By number.
    public static func index(_ index: Int32) -> LinkReference { LinkReference(index: index, name: nil) }
    /// By name.
    public static func name(_ name: String) -> LinkReference { LinkReference(index: nil, name: name) }
    /// The loopback link, which is number 1 in every namespace.
    public static let loopback = LinkReference.index(1)

    /// The name, or `link 3`.
    public var description: String { name ?? "link \(index ?? 0)" }
}
