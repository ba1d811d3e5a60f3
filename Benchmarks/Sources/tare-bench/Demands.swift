import Glibc
import TareSimulation

/// The demands of a boot storm.
enum Demands {
    /// Exponential demands: processors with mean 0.15 s, disk with mean 0.1 s, so that 96 cores and 64 channels are
    /// loaded alike.
    static func drawn(instances: Int, seed: UInt64) -> [Double] {
        var random = RandomStream(seed: seed)
        return (0..<instances * StormModel.phases).map { random.exponential(mean: $0 % 2 == 0 ? 0.15 : 0.1) }
    }

    /// The demands in a file of one line an instance.
    ///
    /// - Returns: nothing where the file cannot be read, a word is not a number of at least zero, or a line is short.
    static func read(_ path: String, instances: Int) -> [Double]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var demands: [Double] = []
        demands.reserveCapacity(instances * StormModel.phases)
        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { free(line) }
        while demands.count < instances * StormModel.phases {
            guard getline(&line, &size, file) >= 0, let text = line else { return nil }
            var place: UnsafeMutablePointer<CChar>? = text
            var found = 0
            while let from = place {
                // A comma may part the numbers as well as a space.
                var end: UnsafeMutablePointer<CChar>?
                let value = strtod(from, &end)
                guard let next = end, next != from else { break }
                guard value >= 0, value.isFinite else { return nil }
                demands.append(value)
                found += 1
                place = next.pointee == CChar(UInt8(ascii: ",")) ? next + 1 : next
            }
            if found == 0 { continue }
            guard found == StormModel.phases else { return nil }
        }
        return demands
    }
}
