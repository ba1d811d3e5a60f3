/// One name of a path as text: bytes that are no UTF-8 are written `\xE9`, so that different names stay different.
enum EntryName {
    static func text(_ bytes: some Collection<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self) ?? DirectoryReader.escaped(bytes)
    }
}
