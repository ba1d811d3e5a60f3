import Glibc
import TareCore
import TareLinux

/// Where an image's files are written to: a folder, or an archive.
protocol MemberSink {
    /// Adds a member of `length` bytes.
    func add(_ name: String, _ length: Int64, _ input: any ByteInput) throws(TareError)
    /// Adds a small member.
    func add(_ name: String, _ text: String) throws(TareError)
}

/// Writes members as files.
struct FolderSink: MemberSink {
    private let path: String

    init(_ path: String) { self.path = path }

    func add(_ name: String, _ length: Int64, _ input: any ByteInput) throws(TareError) {
        let target = path + "/" + name
        try FolderMaking.make(PathText.folder(of: target))
        let file = try OwnedFileDescriptor(opening: target, O_WRONLY | O_CREAT | O_EXCL)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return }
            try file.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    func add(_ name: String, _ text: String) throws(TareError) {
        try AtomicFile.write(path + "/" + name, text: text)
    }
}

/// Writes members into a tar.
final class ArchiveSink: MemberSink {
    private let output: FileOutput
    private let tar: TarWriter

    init(_ path: String) throws(TareError) {
        output = try FileOutput(path)
        tar = TarWriter(output)
    }

    func add(_ name: String, _ length: Int64, _ input: any ByteInput) throws(TareError) {
        try tar.begin(TarEntry(path: [UInt8](name.utf8), kind: .file, size: length))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return }
            try tar.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    func add(_ name: String, _ text: String) throws(TareError) { try tar.file(name, [UInt8](text.utf8)) }

    func finish() throws(TareError) {
        try tar.finish()
        try output.finish()
    }
}

/// Writes a new file and brings it to the disk.
final class FileOutput: ByteOutput {
    private let file: OwnedFileDescriptor

    init(_ path: String) throws(TareError) {
        file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TareError) { try file.writeAll(bytes) }

    func finish() throws(TareError) { try file.synchronise() }
}
