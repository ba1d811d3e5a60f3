import Glibc
import TareCore
import TareLinux

/// Sets the times of what a command wrote to one fixed time, so that two builds agree.
///
/// What a command leaves with an older time, as dpkg does with a package's files, stays: compiled Python, for example,
/// compares with the time of its source.
enum TimeClamp {
    /// Goes through a folder without following links.
    ///
    /// - Parameters:
    ///   - path: the folder, and what is in it.
    ///   - limit: times from here on, in seconds since 1970, are set.
    ///   - time: to this.
    /// - Throws: `TareError` with the errno.
    static func apply(_ path: String, from limit: Int64, to time: Int64) throws(TareError) {
        let folder = try OwnedFileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        try walk(folder, limit, time)
    }

    private static func walk(
        _ folder: borrowing OwnedFileDescriptor, _ limit: Int64, _ time: Int64
    ) throws(TareError) {
        for name in try names(in: folder) {
            var facts = stat()
            guard fstatat(folder.raw, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            if facts.st_mode & S_IFMT == S_IFDIR {
                let raw = openat(folder.raw, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                guard raw >= 0 else {
                    throw .system("cannot open a folder of the layer", subject: folder.path, errno: errno)
                }
                try walk(OwnedFileDescriptor(taking: raw, path: folder.path), limit, time)
            } else if Int64(facts.st_mtim.tv_sec) >= limit {
                set(name, in: folder.raw, time)
            }
        }
        var facts = stat()
        if fstat(folder.raw, &facts) == 0, Int64(facts.st_mtim.tv_sec) >= limit { set([46, 0], in: folder.raw, time) }
    }

    /// Names as bytes: a command may leave some that are no text.
    private static func names(in folder: borrowing OwnedFileDescriptor) throws(TareError) -> [[CChar]] {
        guard let stream = fdopendir(dup(folder.raw)) else {
            throw .system("cannot list a folder of the layer", subject: folder.path, errno: errno)
        }
        defer { closedir(stream) }
        rewinddir(stream)
        var names: [[CChar]] = []
        while let item = readdir(stream) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { start in
                    Array(UnsafeBufferPointer(start: start, count: 256).prefix { $0 != 0 }) + [0]
                }
            }
            if name != [46, 0], name != [46, 46, 0] { names.append(name) }
        }
        return names
    }

    private static func set(_ name: [CChar], in folder: Int32, _ time: Int64) {
        var times = [timespec(tv_sec: Int(time), tv_nsec: 0), timespec(tv_sec: Int(time), tv_nsec: 0)]
        _ = utimensat(folder, name, &times, AT_SYMLINK_NOFOLLOW)
    }
}
