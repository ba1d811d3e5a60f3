import CTareLinux
import Glibc
import TareCore

/// A netlink socket of the network namespace in which it was opened; it stays with that namespace whatever thread uses it.
public final class NetlinkSocket: NetlinkTransport {
    /// Which part of the kernel answers.
    public enum Family: Int32, Sendable {
        /// Links, addresses, routes: NETLINK_ROUTE.
        case route = 0
        /// nftables: NETLINK_NETFILTER.
        case netfilter = 12
    }

    private let file: OwnedFileDescriptor
    private let family: Family
    private var buffer: [UInt8]

    /// Opens a socket in the calling thread's network namespace.
    ///
    /// - Parameters:
    ///   - family: which part of the kernel answers.
    ///   - patience: seconds to wait for an answer; the kernel answers before the send returns, so a longer wait is a fault.
    /// - Throws: `TareError` with the errno.
    public init(_ family: Family, patience: Int32 = 10) throws(TareError) {
        let raw = tare_netlink_open(family.rawValue, 1 << 20, patience)
        guard raw >= 0 else { throw .system("cannot open a netlink socket", subject: "\(family)", errno: -raw) }
        file = OwnedFileDescriptor(taking: raw, path: "netlink")
        self.family = family
        buffer = [UInt8](repeating: 0, count: 1 << 16)
    }

    /// Sends one datagram to the kernel, which has carried it out when this returns.
    public func send(_ datagram: [UInt8]) throws(TareError) {
        let sent = tare_netlink_send(file.raw, datagram, datagram.count)
        guard sent == datagram.count else {
            throw .system("cannot send to the kernel by netlink", subject: "\(family)", errno: Int32(max(0, -sent)))
        }
    }

    /// The next datagram of the kernel; blocks at most the socket's patience.
    public func receive(waiting: Bool) throws(TareError) -> [UInt8]? {
        let count = buffer.withUnsafeMutableBytes {
            tare_netlink_receive(file.raw, $0.baseAddress, $0.count, waiting ? 1 : 0)
        }
        if count >= 0 { return Array(buffer[..<count]) }
        let failure = Int32(-count)
        if failure == EAGAIN {
            guard waiting else { return nil }
            throw TareError(
                .timedOut,
                subject: "\(family)",
                "cannot go on: the kernel does not answer by netlink",
                errno: failure
            )
        }
        throw .system("cannot receive from the kernel by netlink", subject: "\(family)", errno: failure)
    }
}
