import Glibc
import TareCore

/// Reads whole files, also those of procfs and sysfs that say a length of 0.
public enum FileReading {
    /// The whole content of the file at `path`.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: the most bytes that are acceptable.
    /// - Returns: the bytes.
    /// - Throws: `TareError` with the errno; `exhausted` where the file is longer than `limit`.
    /// - Complexity: O(bytes); blocks for the reads.
    public static func bytes(at path: String, limit: Int = .max) throws(TareError) -> [UInt8] {
        let file = try OwnedFileDescriptor(opening: path)
        let expected = Int(clamping: try file.length())
        var content = [UInt8](repeating: 0, count: max(min(expected, limit) + 1, 4096))
        var filled = 0
        while true {
            if filled == content.count { content.append(contentsOf: repeatElement(0, count: content.count)) }
            let start = filled
            var count = 0
            var failure: TareError?
            content.withUnsafeMutableBytes { buffer in
                do throws(TareError) {
                    count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
                } catch { failure = error }
            }
            if let failure { throw failure }
            if count == 0 { break }
            filled += count
            if filled > limit {
                throw TareError(.exhausted, subject: path, "cannot read it whole: it is longer than \(limit) bytes")
            }
        }
        content.removeLast(content.count - filled)
        return content
    }

    /// The whole content of the file at `path` as text; bytes that are no UTF-8 become replacement characters.
    public static func text(at path: String, limit: Int = .max) throws(TareError) -> String {
        String(decoding: try bytes(at: path, limit: limit), as: UTF8.self)
    }

    /// The content without white space at its ends, or `nil` where the file cannot be read: for one-value files of
    /// procfs and sysfs that a kernel may lack.
    public static func valueIfPresent(at path: String) -> String? {
        guard let content = try? bytes(at: path, limit: 1 << 20) else { return nil }
        let isSpace = { (byte: UInt8) in byte <= 32 || byte == 0 }
        guard let first = content.firstIndex(where: { !isSpace($0) }),
            let last = content.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: content[first...last], as: UTF8.self)
    }

    /// Whether something is at `path`, following symbolic links.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
