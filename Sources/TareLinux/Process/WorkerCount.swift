import CTareLinux
import TareCore

/// How many workers run in parallel: `TARE_THREADS`, or the CPUs that this process may use.
public enum WorkerCount {
    /// The most workers that can be asked for.
    public static let limit = 4096

    /// The worker count of this process.
    ///
    /// - Returns: 1 to `limit`.
    /// - Throws: `usage` where `TARE_THREADS` is no whole number from 1 to `limit`.
    public static func current() throws(TareError) -> Int {
        try chosen(Environment.nonEmpty("TARE_THREADS"), cpus: Int(tare_allowed_cpus()))
    }

    /// The rule behind `current()`.
    static func chosen(_ text: String?, cpus: Int) throws(TareError) -> Int {
        guard let text else { return min(cpus, limit) }
        guard let count = Int(text), (1...limit).contains(count) else {
            throw TareError(
                .usage,
                subject: "TARE_THREADS",
                "wanted a whole number from 1 to \(limit), got \"\(text)\"",
                hint: "unset it to use all \(cpus) CPUs"
            )
        }
        return count
    }
}
