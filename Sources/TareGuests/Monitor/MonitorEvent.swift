/// Something that QEMU tells unasked: `SHUTDOWN`, `STOP`, `GUEST_PANICKED`.
public struct MonitorEvent: Sendable, Hashable {
    /// QEMU's name of it.
    public var name: String
    /// What belongs to it.
    public var data: JSONValue

    /// Makes an event.
    public init(name: String, data: JSONValue) {
        self.name = name
        self.data = data
    }
}
