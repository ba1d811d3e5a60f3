import Glibc
import TareCore
import TareLinux

/// Settings under /proc/sys/net, which belong to the calling thread's network namespace.
enum KernelSetting {
    static func read(_ name: String) -> String? { FileReading.valueIfPresent(at: "/proc/sys/\(name)") }

    static func write(_ name: String, _ value: String) throws(TareError) {
        let file = try OwnedFileDescriptor(opening: "/proc/sys/\(name)", O_WRONLY)
        try file.writeAll(Array(value.utf8))
    }
}
