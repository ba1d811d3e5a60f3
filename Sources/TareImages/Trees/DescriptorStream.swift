import Glibc
import TareCore
import TareLinux

/// The bytes of a descriptor that its owner keeps open: standard input or output, or a file.
public final class DescriptorStream: ByteInput, ByteOutput {
    private let raw: Int32
    /// What it is, for errors.
    public let subject: String

    /// Takes a descriptor, which is not closed.
    public init(_ raw: Int32, subject: String) {
        self.raw = raw
        self.subject = subject
    }

    /// See `ByteInput`.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        while true {
            let count = Glibc.read(raw, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("cannot read", subject: subject, errno: errno) }
            return count
        }
    }

    /// See `ByteOutput`.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(raw, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("cannot write", subject: subject, errno: errno, writing: true) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Nothing is held back.
    public func finish() throws(TareError) {}
}
