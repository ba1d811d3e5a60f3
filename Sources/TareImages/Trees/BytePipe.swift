import CTareLinux
import Glibc
import Synchronization
import TareCore
import TareLinux

/// Bytes from one thread to another through the kernel's pipe.
final class BytePipe: ByteInput, ByteOutput, Sendable {
    let subject = "a stream of files"
    private let reading: Int32
    private let writing: Mutex<Int32>
    private let isAbandoned = Atomic(false)

    init() throws(TareError) {
        var ends: (reading: Int32, writing: Int32) = (-1, -1)
        let failure = tare_pipe(&ends.reading, &ends.writing)
        guard failure == 0 else { throw .system("cannot make a pipe", subject: "pipe", errno: abs(failure)) }
        reading = ends.reading
        writing = Mutex(ends.writing)
    }

    deinit {
        closeWriting()
        close(reading)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        let raw = writing.withLock { $0 }
        var rest = bytes
        while !rest.isEmpty {
            guard !isAbandoned.load(ordering: .relaxed) else {
                throw TareError(.cancelled, subject: subject, "nobody reads it any more")
            }
            let count = Glibc.write(raw, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("cannot write", subject: subject, errno: errno) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func finish() throws(TareError) {}

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int {
        while true {
            let count = Glibc.read(reading, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("cannot read", subject: subject, errno: errno) }
            return count
        }
    }

    /// Says that no more comes; the writer calls it.
    func closeWriting() {
        writing.withLock { raw in
            if raw >= 0 { close(raw) }
            raw = -1
        }
    }

    /// Lets the writer fail, and takes what it has written so that it does not wait for ever; the reader calls it.
    func abandon() {
        isAbandoned.store(true, ordering: .relaxed)
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(reading, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
        }
    }
}
