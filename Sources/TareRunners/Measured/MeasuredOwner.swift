import Glibc
import TareCore
import TareEngine
import TareProbe

/// Marks containers as made by a measuring process, so that what a killed one left is found and removed by the next.
public enum MeasuredOwner {
    /// The label; its value names the process that removes the container.
    public static let label = "tare.measured-by"

    /// The containers of measuring processes that live no more.
    ///
    /// - Throws: what listing containers throws.
    public static func leftOvers(in engine: Engine) throws(TareError) -> [ContainerSummary] {
        try engine.list().filter { summary in
            guard let mark = summary.labels[label] else { return false }
            return !ProcessTimes.isAlive(mark: mark)
        }
    }

    /// Removes them with all that they hold, and what a kill left half made.
    ///
    /// - Parameter engine: whose containers.
    /// - Returns: how many were removed, and what could not be, in words.
    /// - Throws: what listing containers throws.
    public static func removeLeftOvers(in engine: Engine) throws(TareError) -> (removed: Int, failures: [String]) {
        let repaired = try engine.recover()
        var removed = repaired.removed.count
        var failures = repaired.failures
        for summary in try leftOvers(in: engine) {
            do throws(TareError) {
                try engine.remove(summary.id, force: true, removesVolumes: true)
                removed += 1
            } catch {
                if error.code != .notFound { failures.append("\(summary.name): \(error.message)") }
            }
        }
        return (removed, failures)
    }
}
