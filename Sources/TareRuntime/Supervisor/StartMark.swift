import Glibc

/// A named moment of a container's start, on both clocks, so that it can be put beside a guest's.
public struct StartMark: Sendable, Hashable {
    /// The moments.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// Somebody asked for the container.
        case requested
        /// Its supervisor lives.
        case supervised
        /// The runtime has made it; its program does not run yet.
        case created
        /// Its program runs.
        case started
        /// Its program has ended.
        case exited
    }

    /// Which moment.
    public var name: Name
    /// CLOCK_BOOTTIME in nanoseconds; 0 where nobody noted it.
    public var boottime: UInt64
    /// CLOCK_MONOTONIC in nanoseconds.
    public var monotonic: UInt64

    /// This moment.
    public static func now(_ name: Name) -> StartMark {
        StartMark(name: name, boottime: nanoseconds(CLOCK_BOOTTIME), monotonic: nanoseconds(CLOCK_MONOTONIC))
    }

    /// Takes the three.
    public init(name: Name, boottime: UInt64, monotonic: UInt64) {
        self.name = name
        self.boottime = boottime
        self.monotonic = monotonic
    }

    /// Reads a line of the file; `nil` for one that is cut or unknown.
    init?(line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 3, let name = Name(rawValue: String(words[0])), let boot = UInt64(words[1]),
            let mono = UInt64(words[2])
        else { return nil }
        self.init(name: name, boottime: boot, monotonic: mono)
    }

    /// The line of the file, with its end.
    var line: String { "\(name.rawValue) \(boottime) \(monotonic)\n" }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
