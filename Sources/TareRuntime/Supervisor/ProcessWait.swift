import CTareLinux
import Glibc

/// Waits for processes that are not this one's children.
enum ProcessWait {
    /// Waits until a process has ended, by pidfd; returns at once where it has already.
    ///
    /// The caller looks again at what it waits for: a number may have been given to another process in between.
    ///
    /// - Parameters:
    ///   - pid: the process.
    ///   - milliseconds: the most to wait; -1 for as long as it takes.
    static func untilEnd(of pid: Int32, milliseconds: Int32) {
        let descriptor = tare_pidfd_open(pid)
        guard descriptor >= 0 else {
            // It has ended, or is between taking its lock and writing its number: look again soon.
            usleep(1000)
            return
        }
        defer { close(descriptor) }
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&wait, 1, milliseconds)
    }
}
