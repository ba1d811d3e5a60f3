import Glibc
import TareLinux

/// Finds who listens on a port, for an error's text only.
enum PortHolder {
    /// `nginx (process 123)`, or `nil` where it cannot be told.
    ///
    /// O(processes and their descriptors).
    static func find(_ port: PublishedPort) -> String? {
        for family in ["", "6"] {
            let table = "/proc/thread-self/net/\(port.transport.rawValue)\(family)"
            guard let text = try? FileReading.text(at: table) else { continue }
            for line in text.split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                guard fields.count > 9, let colon = fields[1].lastIndex(of: ":"),
                    UInt16(fields[1][fields[1].index(after: colon)...], radix: 16) == port.hostPort,
                    // 0A is listening; datagram sockets are 07.
                    fields[3] == "0A" || fields[3] == "07"
                else { continue }
                if let holder = process(holding: "socket:[\(fields[9])]") { return holder }
            }
        }
        return nil
    }

    private static func process(holding target: String) -> String? {
        for name in NetworkStore.names(in: "/proc") {
            guard let number = Int32(name) else { continue }
            for descriptor in NetworkStore.names(in: "/proc/\(number)/fd") {
                var buffer = [CChar](repeating: 0, count: 64)
                guard readlink("/proc/\(number)/fd/\(descriptor)", &buffer, 63) > 0 else { continue }
                let link = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                guard link == target else { continue }
                let command = FileReading.valueIfPresent(at: "/proc/\(number)/comm") ?? "a program"
                return "\(command) (process \(number))"
            }
        }
        return nil
    }
}
