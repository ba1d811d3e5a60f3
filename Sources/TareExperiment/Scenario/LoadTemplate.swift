import TareCore

/// Requests at every ready instance of a service, as the file has them: fields may be swept names.
public struct LoadTemplate: Codable, Sendable, Hashable {
    /// The words of `shape`.
    public static let shapes = ["constant", "exponential", "heavy"]
    /// The words of `threads`.
    public static let disciplines = ["queue", "share"]
    /// The quantities that a load brings.
    public static let quantities = [
        "load.latency.mean", "load.latency.p50", "load.latency.p99", "load.latency.p999", "load.throughput",
        "load.utilisation", "density.latency",
    ]

    /// Requests a second at each instance: `50/s`.
    public var requests: String
    /// CPU of a request: `2ms`.
    public var cpu: String
    /// How the CPU varies, one of `shapes`.
    public var shape: String?
    /// Whether requests queue for the instance's threads or share them, one of `disciplines`.
    public var threads: String?
    /// Bytes over the network: `8KiB`.
    public var bytes: String?
    /// Disk reads that a request waits for.
    public var reads: Int?
    /// The highest 99th percentile of latency that is wanted: `50ms`.
    public var p99: String?

    /// Makes a template.
    public init(requests: String, cpu: String) {
        self.requests = requests
        self.cpu = cpu
    }

    /// The load of one cell, every swept name replaced.
    ///
    /// - Parameters:
    ///   - settings: the cell's values.
    ///   - place: the service's place in the file, for messages.
    /// - Returns: the numbers.
    /// - Throws: `TareError.invalid` where a value does not fit its field.
    func resolved(_ settings: [String: String], at place: String) throws(TareError) -> LoadNumbers {
        func read<Value>(
            _ template: String?, _ field: String, _ body: (String) throws(UnitFailure) -> Value
        ) throws(TareError) -> Value? {
            guard let template else { return nil }
            let text = try Scenario.substitute(template, settings, "\(place).load.\(field)")
            do throws(UnitFailure) { return try body(text) } catch {
                throw TareError(.invalid, subject: "\(place).load.\(field)", error.message, hint: error.hint)
            }
        }
        return LoadNumbers(
            requestsPerSecond: try read(requests, "requests", UnitText.requestsPerSecond) ?? 0,
            cpuSeconds: try read(cpu, "cpu", UnitText.seconds) ?? 0,
            shape: shape ?? "exponential",
            threads: threads ?? "queue",
            bytes: try read(bytes, "bytes", UnitText.bytes) ?? .zero,
            reads: reads ?? 0,
            p99Seconds: try read(p99, "p99", UnitText.seconds)
        )
    }
}

/// A load by its numbers.
public struct LoadNumbers: Codable, Sendable, Hashable {
    /// Requests a second at each instance.
    public var requestsPerSecond: Double
    /// CPU of a request, in core-seconds.
    public var cpuSeconds: Double
    /// How it varies, one of `LoadTemplate.shapes`.
    public var shape: String
    /// One of `LoadTemplate.disciplines`.
    public var threads: String
    /// Bytes over the network.
    public var bytes: ByteCount
    /// Disk reads.
    public var reads: Int
    /// The wanted 99th percentile, in seconds.
    public var p99Seconds: Double?
}
