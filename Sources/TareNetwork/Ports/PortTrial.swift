import Glibc
import TareCore
import TareLinux

/// Tries whether a program of the host listens on a port: rules would take its traffic away without a word.
enum PortTrial {
    /// Binds the port in the calling thread's namespace and lets it go.
    ///
    /// - Parameter port: the port.
    /// - Throws: `unavailable` with who holds it; `invalid` where the address is not the host's.
    static func run(_ port: PublishedPort) throws(TareError) {
        let kind = port.transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
        let raw = socket(Int32(port.hostAddress.family), Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else {
            // Without IPv6 in the kernel nobody can hold an IPv6 port; the rules say the rest.
            if errno == EAFNOSUPPORT { return }
            throw .system("cannot try the port", subject: port.hostText, errno: errno)
        }
        let file = OwnedFileDescriptor(taking: raw, path: port.hostText)
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // Closed connections of an earlier server linger; a listener does not share.
        if port.transport == .tcp { _ = setsockopt(file.raw, SOL_SOCKET, SO_REUSEADDR, &one, size) }
        if port.hostAddress.isIPv6 {
            _ = setsockopt(file.raw, Int32(IPPROTO_IPV6), Int32(26), &one, size)  // IPV6_V6ONLY
        }
        let failure = SocketAddress.with(port.hostAddress, port.hostPort) { address, length in
            bind(file.raw, address, length) == 0 ? 0 : errno
        }
        switch failure {
        case 0: return
        case EADDRINUSE:
            let holder = PortHolder.find(port) ?? "a program of the host"
            throw TareError(
                .unavailable,
                subject: port.hostText,
                "cannot publish port \(port.hostPort)/\(port.transport.rawValue): \(holder) has it",
                hint: "choose another port, or none for a free one",
                errno: failure
            )
        case EADDRNOTAVAIL:
            throw TareError(
                .invalid,
                subject: port.hostText,
                "cannot publish the port: \(port.hostAddress) is no address of this host",
                hint: "give one of its addresses, or none for all",
                errno: failure
            )
        default: throw .system("cannot try the port", subject: port.hostText, errno: failure)
        }
    }
}
