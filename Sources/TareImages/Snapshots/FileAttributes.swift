import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Extended attributes of open files, and of entries that cannot be opened.
enum FileAttributes {
    /// Whether it is one of overlay's own marks.
    static func isOverlay(_ name: String) -> Bool {
        name.hasPrefix("trusted.overlay.") || name.hasPrefix("user.overlay.")
    }

    /// The attributes of an open file, sorted by name; none where the file system has no such thing.
    static func list(_ file: Int32, subject: String) throws(TareError) -> [TarEntry.Attribute] {
        try list(subject, { tare_fd_attribute_names(file, $0, $1) }, { tare_fd_attribute_value(file, $0, $1, $2) })
    }

    /// The attributes of an entry, which is not followed.
    static func list(_ name: [UInt8], in folder: Int32, subject: String) throws(TareError) -> [TarEntry.Attribute] {
        try list(
            subject,
            { buffer, count in LayerRoot.text(name) { tare_at_attribute_names(folder, $0, buffer, count) } },
            { attribute, buffer, count in
                LayerRoot.text(name) { tare_at_attribute_value(folder, $0, attribute, buffer, count) }
            })
    }

    static func set(_ attribute: TarEntry.Attribute, on file: Int32, subject: String) throws(TareError) {
        let failure = attribute.value.withUnsafeBytes { value in
            attribute.name.withCString { tare_fd_attribute_set(file, $0, value.baseAddress, value.count) }
        }
        if failure < 0 {
            throw .system("cannot set the attribute \(attribute.name)", subject: subject, errno: -failure)
        }
    }

    static func set(
        _ attribute: TarEntry.Attribute, on name: [UInt8], in folder: Int32, subject: String
    ) throws(TareError) {
        let failure = attribute.value.withUnsafeBytes { value in
            LayerRoot.text(name) { path in
                attribute.name.withCString { tare_at_attribute_set(folder, path, $0, value.baseAddress, value.count) }
            }
        }
        if failure < 0 {
            throw .system("cannot set the attribute \(attribute.name)", subject: subject, errno: -failure)
        }
    }

    private static func list(
        _ subject: String,
        _ names: (UnsafeMutablePointer<CChar>?, Int) -> Int,
        _ value: (UnsafePointer<CChar>, UnsafeMutableRawPointer?, Int) -> Int
    ) throws(TareError) -> [TarEntry.Attribute] {
        // No call says how much there is and hands it out at once; the kernel's limit is 64 KiB for either.
        var length = names(nil, 0)
        if length == 0 || length == -Int(EOPNOTSUPP) { return [] }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
        defer { buffer.deallocate() }
        length = names(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        guard length >= 0 else { throw .system("cannot list attributes", subject: subject, errno: Int32(-length)) }
        let list = buffer[..<length].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        var found: [TarEntry.Attribute] = []
        for name in list {
            let count = name.withCString { value($0, buffer.baseAddress, buffer.count) }
            if count == -Int(ENODATA) { continue }
            guard count >= 0 else {
                throw .system("cannot read the attribute \(name)", subject: subject, errno: Int32(-count))
            }
            found.append(TarEntry.Attribute(name: name, value: Array(buffer[..<count])))
        }
        return found.sorted { $0.name < $1.name }
    }
}
