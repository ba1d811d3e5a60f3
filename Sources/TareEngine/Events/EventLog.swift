import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// All events of one state folder: a line of JSON each, appended whole by whatever process brings it about.
///
/// A line is written by one write(2) to a file opened for appending, so lines of several processes do not mix. When the
/// file has grown past its limit it is moved to `<file>.1`, and the one before is forgotten.
public struct EventLog: Sendable {
    /// The file.
    public let path: String
    /// Bytes after which it is moved away.
    static let limit: Int64 = 8 << 20

    /// Names a file.
    public init(path: String) { self.path = path }

    /// Adds an event.
    ///
    /// An event that cannot be written does not undo what it tells of.
    func add(_ kind: EngineEvent.Kind, _ action: String, _ subject: String, _ attributes: [String: String] = [:]) {
        let event = EngineEvent(
            time: HostClock.preciseWallText(),
            boottime: HostClock.boottimeNanoseconds(),
            kind: kind,
            action: action,
            subject: subject,
            attributes: attributes
        )
        do throws(TareError) {
            let line = try JSONText.encode(event, pretty: false) + "\n"
            let file = try OwnedFileDescriptor(opening: path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
            try file.writeAll(Array(line.utf8))
            if try file.length() > Self.limit { _ = rename(path, path + ".1") }
        } catch { return }
    }

    /// The events since a moment, oldest first; lines that are cut are left out.
    ///
    /// - Parameter boottime: CLOCK_BOOTTIME in nanoseconds; 0 for all that are kept.
    /// - Returns: the events.
    /// - Throws: `TareError` where the file cannot be read.
    /// - Complexity: O(bytes kept).
    public func events(since boottime: UInt64 = 0) throws(TareError) -> [EngineEvent] {
        var found: [EngineEvent] = []
        for file in [path + ".1", path] where FileReading.exists(file) {
            let bytes = try FileReading.bytes(at: file)
            found += Self.events(in: bytes).events.filter { $0.boottime >= boottime }
        }
        return found
    }

    static func events(in bytes: [UInt8]) -> (events: [EngineEvent], taken: Int) {
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return ([], 0) }
        let decoder = JSONDecoder()
        let lines = bytes[...last].split(separator: UInt8(ascii: "\n"))
        return (lines.compactMap { try? decoder.decode(EngineEvent.self, from: Data($0)) }, last + 1)
    }
}
