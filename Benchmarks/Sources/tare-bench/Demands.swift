import Glibc
import TareSimulation

/// The demands of a boot storm.
enum Demands {
    /// What is wrong with a file of demands; the program ends with 65, or 66 where it cannot be read.
    struct Mistake: Error {
        let text: String
        let code: Int32
    }

    /// Exponential demands: processors with mean 0.15 s, disk with mean 0.1 s, so that 96 cores and 64 channels are
    /// loaded alike.
    static func drawn(instances: Int, seed: UInt64) -> [Double] {
        var random = RandomStream(seed: seed)
        return (0..<instances * StormModel.phases).map { random.exponential(mean: $0 % 2 == 0 ? 0.15 : 0.1) }
    }

    /// The demands in a file: a line an instance, twelve numbers parted by blanks or commas.
    ///
    /// Empty lines, and those that begin with `#`, do not count; lines after the last instance are not read.
    ///
    /// - Throws: `Mistake`, with line and word.
    static func read(_ path: String, instances: Int) throws(Mistake) -> [Double] {
        guard let file = fopen(path, "r") else {
            throw Mistake(text: "\(path): cannot be read: \(String(cString: strerror(errno)))", code: 66)
        }
        defer { fclose(file) }
        var demands: [Double] = []
        demands.reserveCapacity(instances * StormModel.phases)
        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        var number = 0
        defer { free(line) }
        while demands.count < instances * StormModel.phases {
            guard getline(&line, &size, file) >= 0, let text = line else {
                let found = demands.count / StormModel.phases
                throw Mistake(
                    text:
                        "\(path): has \(found) instances and \(instances) are wanted; add lines, or ask for --instances \(found)",
                    code: 65)
            }
            number += 1
            try parse(text, into: &demands, "\(path):\(number)")
        }
        return demands
    }

    /// Refuses demands that could take longer than simulated time lasts.
    ///
    /// While neither station is full, the last instance to end is served without waiting; so the run takes at most the
    /// work of each station over its servers, and the longest instance.
    ///
    /// - Throws: `Mistake`, with the years.
    static func checkEnd(_ demands: [Double], cores: Int, channels: Int, _ path: String) throws(Mistake) {
        var longest = 0.0
        var computed = 0.0
        var read = 0.0
        for first in stride(from: 0, to: demands.count, by: StormModel.phases) {
            var own = 0.0
            for phase in 0..<StormModel.phases {
                own += demands[first + phase]
                if phase % 2 == 0 { computed += demands[first + phase] } else { read += demands[first + phase] }
            }
            longest = max(longest, own)
        }
        let end = computed / Double(cores) + read / Double(channels) + longest
        // 2^63 nanoseconds are 9.223e9 seconds.
        guard end <= 9.2e9 else {
            throw Mistake(
                text:
                    "\(path): these demands can take \(Int(end / 31_556_952)) years and simulated time ends after 291; make them smaller, or ask for more --cores and --channels",
                code: 65)
        }
    }

    /// Adds the twelve numbers of one line.
    private static func parse(
        _ text: UnsafeMutablePointer<CChar>,
        into demands: inout [Double],
        _ place: String
    ) throws(Mistake) {
        var next = skip(text)
        if next.pointee == 0 || next.pointee == CChar(UInt8(ascii: "#")) { return }
        var found = 0
        while next.pointee != 0 {
            var end: UnsafeMutablePointer<CChar>?
            let value = strtod(next, &end)
            let word = String(String(cString: next).prefix { !$0.isWhitespace && $0 != "," })
            guard let stop = end, stop != next, isEnd(stop.pointee) else {
                throw Mistake(text: "\(place): \"\(word)\" is not a number of seconds", code: 65)
            }
            // Simulated time is in nanoseconds in 63 bits; `checkEnd` sees to the sum.
            guard value >= 0, value <= 1e6 else {
                throw Mistake(text: "\(place): \"\(word)\" is not within 0 to 1,000,000 seconds", code: 65)
            }
            demands.append(value)
            found += 1
            next = skip(stop)
        }
        guard found == StormModel.phases else {
            throw Mistake(text: "\(place): has \(found) numbers and an instance wants \(StormModel.phases)", code: 65)
        }
    }

    private static func isEnd(_ character: CChar) -> Bool {
        character == 0 || character == CChar(UInt8(ascii: ",")) || isspace(Int32(character)) != 0
    }

    /// Past blanks, with one comma among them at most.
    private static func skip(_ text: UnsafeMutablePointer<CChar>) -> UnsafeMutablePointer<CChar> {
        var place = text
        var commas = 0
        while place.pointee != 0 {
            if place.pointee == CChar(UInt8(ascii: ",")), commas == 0 {
                commas += 1
            } else if isspace(Int32(place.pointee)) == 0 {
                break
            }
            place += 1
        }
        return place
    }
}
