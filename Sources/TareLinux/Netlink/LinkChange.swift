/// What to change of a link; what is `nil` stays.
public struct LinkChange: Sendable, Hashable {
    /// Up or down.
    public var up: Bool?
    /// A new name; needs the link by its number.
    public var name: String?
    /// Bytes.
    public var mtu: UInt32?
    /// The index of the bridge that it becomes a port of; 0 takes it out.
    public var bridge: Int32?
    /// The descriptor of the namespace to move it to.
    public var namespace: Int32?
    /// For a bridge port: whether a frame may leave by the port it came from.
    public var hairpin: Bool?
    /// Makes no IPv6 address of its own: no router is asked, no duplicate looked for.
    public var withoutLinkLocal = false

    /// No change.
    public init() {}

    /// Up.
    public static var up: LinkChange {
        var change = LinkChange()
        change.up = true
        return change
    }
}
