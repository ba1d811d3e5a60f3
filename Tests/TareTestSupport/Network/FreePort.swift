import Glibc

/// A TCP port on 127.0.0.1 that nobody had when it was asked for.
public func freeLoopbackPort() -> UInt16 {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
            _ = bind(number, plain, length)
            _ = getsockname(number, plain, &length)
        }
    }
    return UInt16(bigEndian: address.sin_port)
}

/// Whether something accepts connections on a port of 127.0.0.1.
public func accepts(port: UInt16) -> Bool {
    let number = connectLoopback(port: port)
    if number >= 0 { close(number) }
    return number >= 0
}

/// A connection to a port of 127.0.0.1, or -1.
func connectLoopback(port: UInt16) -> Int32 {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    if result != 0 {
        close(number)
        return -1
    }
    return number
}
