import CTareLinux
import Glibc
import TareCore

/// A file system while it is configured: fsopen(2), then settings, then `make()`.
///
///     let context = try FileSystemContext("overlay")
///     try context.set("lowerdir+", "/lower")
///     try context.make().attach(at: "/merged")
public struct FileSystemContext: ~Copyable, Sendable {
    private let file: OwnedFileDescriptor
    private let type: String

    /// The longest text that fsconfig(2) takes, in bytes.
    public static let longestText = 255

    /// Begins one.
    ///
    /// - Parameter type: `overlay`, `tmpfs`, as in `/proc/filesystems`.
    /// - Throws: `unsupported` where the kernel does not know it; `TareError` with the errno.
    public init(_ type: String) throws(TareError) {
        let raw = tare_fsopen(type)
        guard raw >= 0 else {
            if raw == -ENODEV || raw == -ENOSYS {
                throw TareError(
                    .unsupported, subject: type, "cannot mount it: this kernel does not know this file system",
                    hint: "load its module: modprobe \(type)", errno: -raw)
            }
            throw .system("cannot mount it", subject: type, errno: -raw)
        }
        file = OwnedFileDescriptor(taking: raw, path: type)
        self.type = type
    }

    /// Sets `key` to a text of at most `longestText` bytes.
    public borrowing func set(_ key: String, _ value: String) throws(TareError) {
        let failure = tare_fsconfig_string(file.raw, key, value)
        if failure < 0 { throw trouble("cannot set \(key)=\(value)", -failure) }
    }

    /// Sets `key` to an open file.
    public borrowing func set(_ key: String, _ value: borrowing OwnedFileDescriptor) throws(TareError) {
        let failure = tare_fsconfig_descriptor(file.raw, key, value.raw)
        if failure < 0 { throw trouble("cannot set \(key)=\(value.path)", -failure) }
    }

    /// Sets a word without a value.
    public borrowing func set(_ key: String) throws(TareError) {
        let failure = tare_fsconfig_flag(file.raw, key)
        if failure < 0 { throw trouble("cannot set \(key)", -failure) }
    }

    /// Makes the file system; it is mounted, but nowhere.
    public consuming func make(_ attributes: MountAttributes = []) throws(TareError) -> DetachedMount {
        let failure = tare_fsconfig_create(file.raw)
        if failure < 0 { throw trouble("cannot make the file system", -failure) }
        let raw = tare_fsmount(file.raw, attributes.rawValue)
        if raw < 0 { throw trouble("cannot make the mount", -raw) }
        return DetachedMount(taking: raw, path: type)
    }

    /// The kernel explains itself in lines that are read from the context: `e overlay: ...`.
    private borrowing func trouble(_ wanted: String, _ number: Int32) -> TareError {
        var lines: [String] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while lines.count < 8 {
            let count = Glibc.read(file.raw, &buffer, buffer.count)
            guard count > 0 else { break }
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            lines.append(text.split(whereSeparator: \.isNewline).joined(separator: " "))
        }
        var error = TareError.system(wanted, subject: type, errno: number)
        if !lines.isEmpty { error.message += " (the kernel says: " + lines.joined(separator: "; ") + ")" }
        return error
    }
}
