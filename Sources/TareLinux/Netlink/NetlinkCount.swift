/// What talking to the kernel took: counts, which do not depend on the machine's load.
public struct NetlinkCount: Sendable, Hashable {
    /// Messages sent.
    public var messages = 0
    /// Bytes sent.
    public var bytes = 0
    /// sendto(2) and recvfrom(2) calls.
    public var systemCalls = 0

    /// Nothing yet.
    public init() {}

    /// Both together.
    public static func + (left: NetlinkCount, right: NetlinkCount) -> NetlinkCount {
        var sum = left
        sum.messages += right.messages
        sum.bytes += right.bytes
        sum.systemCalls += right.systemCalls
        return sum
    }
}
