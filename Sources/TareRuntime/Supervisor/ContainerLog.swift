import FoundationEssentials
import TareCore
import TareLinux

/// The log of a container: both streams with times, in as many files as rotation keeps.
public struct ContainerLog: Sendable {
    /// Which stream a line came from.
    public enum Stream: String, Sendable, Hashable, Codable {
        /// Standard output; all of a terminal.
        case output = "stdout"
        /// Standard error.
        case errors = "stderr"
    }

    /// A line, or a part of a very long one.
    public struct Entry: Sendable, Hashable, Codable {
        /// The text with its line end, where it has one; what is no UTF-8 is replaced.
        public var text: String
        /// Where it came from.
        public var stream: Stream
        /// RFC 3339 in UTC with nanoseconds.
        public var time: String

        enum CodingKeys: String, CodingKey {
            case text = "log"
            case stream, time
        }
    }

    /// Whose log.
    public let folder: SupervisorFolder

    /// The log of a folder.
    public init(_ folder: SupervisorFolder) { self.folder = folder }

    /// The files that are there, oldest first.
    public func files() -> [String] {
        var found: [String] = FileReading.exists(folder.log) ? [folder.log] : []
        var number = 1
        while FileReading.exists("\(folder.log).\(number)") {
            found.insert("\(folder.log).\(number)", at: 0)
            number += 1
        }
        return found
    }

    /// All entries, oldest first; a last line that is being written is left out.
    ///
    /// - Returns: the entries.
    /// - Throws: `TareError` where a file cannot be read; `corrupt` where a whole line is no entry.
    /// - Complexity: O(bytes of all files).
    public func entries() throws(TareError) -> [Entry] {
        var all: [Entry] = []
        for file in files() { all += try Self.entries(in: try FileReading.bytes(at: file), subject: file).entries }
        return all
    }

    /// The whole lines of some bytes of a log, for those who follow one.
    ///
    /// - Parameters:
    ///   - bytes: what was read.
    ///   - subject: the file, for the error.
    /// - Returns: the entries, and how many bytes they took; the rest is a line that has no end yet.
    /// - Throws: `corrupt`.
    public static func entries(
        in bytes: [UInt8],
        subject: String
    ) throws(TareError) -> (entries: [Entry], taken: Int) {
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return ([], 0) }
        let decoder = JSONDecoder()
        var all: [Entry] = []
        for line in bytes[..<last].split(separator: UInt8(ascii: "\n")) {
            do {
                all.append(try decoder.decode(Entry.self, from: Data(line)))
            } catch {
                throw TareError(.corrupt, subject: subject, "cannot read a line of the log: \(error)")
            }
        }
        return (all, last + 1)
    }
}
