import Glibc
import TareCore
import TareLinux

/// What a guest printed: the beginning in a file, whatever it prints, and the words of a panic.
struct ConsoleLog: ~Copyable {
    /// The most bytes that are kept in the file.
    static let limit = 4 << 20
    private let file: OwnedFileDescriptor?
    private var written = 0
    /// The last line that was not empty.
    private(set) var lastLine = ""
    private(set) var panic: String?
    private(set) var outOfMemory: String?
    /// The last program that the kernel killed for want of memory; the guest may have gone on.
    private(set) var starved: String?

    /// Opens the file, emptied, where a path is given.
    init(path: String?) throws(TareError) {
        if let path { file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_TRUNC) } else { file = nil }
    }

    /// Keeps bytes as they came, up to the limit.
    mutating func keep(_ bytes: ArraySlice<UInt8>) throws(TareError) {
        let room = bytes.prefix(max(0, Self.limit - written))
        guard file != nil, !room.isEmpty else { return }
        written += room.count
        try file?.writeAll(Array(room))
    }

    /// Looks at a line for the words of an end.
    mutating func note(_ line: String) {
        if !line.allSatisfy(\.isWhitespace) { lastLine = line }
        if let words = Self.words(after: "Kernel panic - not syncing: ", in: line), panic == nil { panic = words }
        if let words = Self.words(after: "Out of memory: Killed process ", in: line) { starved = words }
        // "invoked oom-killer" alone is no end: the kernel may have killed one program and gone on.
        if line.contains("System is deadlocked on memory") || line.contains("Out of memory and no killable processes") {
            outOfMemory = outOfMemory ?? Self.words(after: "Kernel panic - not syncing: ", in: line) ?? line
        }
        if let words = Self.words(after: "Initramfs unpacking failed: write error", in: line) {
            outOfMemory = outOfMemory ?? "the initial root does not fit\(words)"
        }
    }

    private static func words(after mark: String, in line: String) -> String? {
        guard let range = line.firstRange(of: mark) else { return nil }
        return String(line[range.upperBound...])
    }
}
