import CTareLinux
import Glibc
import TareCore
import TareLinux

extension TreeRoot {
    /// The extended attributes that an image keeps: capabilities and users' own; never those of overlay.
    static func attributes(
        of name: String, in folder: Int32, _ path: String
    ) throws(TareError) -> [TreeEntry.Attribute] {
        let length = tare_at_attribute_names(folder, name, nil, 0)
        if length == 0 || length == -Int(EOPNOTSUPP) { return [] }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
        defer { buffer.deallocate() }
        let found = tare_at_attribute_names(
            folder, name, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        guard found >= 0 else { throw .system("cannot list attributes", subject: path, errno: Int32(-found)) }
        let names = buffer[..<found].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        var attributes: [TreeEntry.Attribute] = []
        for attribute in names.sorted() where attribute == "security.capability" || attribute.hasPrefix("user.") {
            if attribute.hasPrefix("user.overlay.") { continue }
            let count = tare_at_attribute_value(folder, name, attribute, buffer.baseAddress, buffer.count)
            if count == -Int(ENODATA) { continue }
            guard count >= 0 else { throw .system("cannot read \(attribute)", subject: path, errno: Int32(-count)) }
            attributes.append(TreeEntry.Attribute(name: attribute, value: Array(buffer[..<count])))
        }
        return attributes
    }
}
