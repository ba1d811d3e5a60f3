import TareCore

/// What carries netlink datagrams: the kernel's socket, or a script of datagrams in a test of protocol errors.
public protocol NetlinkTransport: AnyObject {
    /// Sends one datagram.
    ///
    /// - Parameter datagram: whole messages.
    /// - Throws: `TareError` with the errno.
    func send(_ datagram: [UInt8]) throws(TareError)

    /// The next datagram.
    ///
    /// - Parameter waiting: wait for one, or answer `nil` where none is there.
    /// - Returns: the datagram.
    /// - Throws: `timedOut` where none comes in time; `exhausted` where the kernel has dropped some.
    func receive(waiting: Bool) throws(TareError) -> [UInt8]?
}
