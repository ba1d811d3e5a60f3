/// Bytes that links have received and sent since they were made.
public struct NetworkCount: Sendable, Hashable, Codable {
    /// Bytes received.
    public var received: UInt64
    /// Bytes sent.
    public var sent: UInt64

    enum CodingKeys: String, CodingKey {
        case received = "received_bytes"
        case sent = "sent_bytes"
    }

    /// Sums the lines of a /proc/PID/net/dev, loopback left out.
    ///
    /// - Parameter text: the file.
    init(_ text: String) {
        received = 0
        sent = 0
        for line in text.split(separator: "\n").dropFirst(2) {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2, sides[0].drop(while: { $0 == " " }) != "lo" else { continue }
            let fields = sides[1].split(separator: " ").map { UInt64($0) ?? 0 }
            guard fields.count > 8 else { continue }
            received += fields[0]
            sent += fields[8]
        }
    }
}
