import CTareLinux
import Glibc
import TareCore

/// A pipe: what is written to one end is read from the other.
///
/// Both are close-on-exec, and closed with the value.
public struct PipeEnds: ~Copyable, Sendable {
    /// The number of the reading end, or -1 where it is closed.
    public private(set) var reading: Int32 = -1
    /// The number of the writing end, or -1 where it is closed.
    public private(set) var writing: Int32 = -1

    /// Makes a pipe.
    ///
    /// - Throws: `exhausted` where there are no descriptors left.
    public init() throws(TareError) {
        let failure = tare_pipe(&reading, &writing)
        guard failure == 0 else { throw .system("cannot make a pipe", subject: "pipe", errno: failure) }
    }

    deinit {
        if reading >= 0 { close(reading) }
        if writing >= 0 { close(writing) }
    }

    /// Closes the reading end.
    public mutating func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    /// Closes the writing end: the reader sees the end when it has read all.
    public mutating func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// Writes all of `bytes`; blocks while the pipe is full.
    public borrowing func write(_ bytes: [UInt8]) throws(TareError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(writing, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .system("cannot write to the pipe", subject: "pipe", errno: errno) }
            rest = rest.dropFirst(count)
        }
    }
}
