import Glibc
import TareCore
import TareImages
import TareLinux

/// A snapshot that is mounted as long as the value lives.
final class TreeMount {
    let path: String
    private var isMounted = false

    /// Mounts a snapshot.
    ///
    /// - Parameters:
    ///   - key: which one; `nil` for an empty folder.
    ///   - path: where; a folder.
    ///   - library: where it is.
    /// - Throws: `notFound`; `TareError` with the errno.
    init(_ key: String?, at path: String, _ library: ImageLibrary) throws(TareError) {
        self.path = path
        guard let key else { return }
        try library.snapshots.mount(key, isVolatile: true).mount(at: path)
        isMounted = true
    }

    /// Microseconds that a use by others may take.
    private static let longest: UInt32 = 5_000_000

    /// Unmounts it now, and says what goes wrong; blocks while something in it is still in use, at most 5 seconds.
    func end() throws(TareError) {
        guard isMounted else { return }
        isMounted = false
        var waited: UInt32 = 0
        while true {
            do throws(TareError) {
                try Mounts.unmount(path)
                return
            } catch {
                // A process of another build that is between fork and exec has copies of this one's descriptors.
                guard error.errno == EBUSY, waited < Self.longest else {
                    try? Mounts.unmount(path, lazily: true)
                    throw error
                }
                usleep(5000)
                waited += 5000
            }
        }
    }

    deinit { try? end() }
}
