import Glibc

/// What one benchmark measured.
struct Measurement {
    /// The benchmark's name.
    var benchmark: String
    /// What it was asked for.
    var parameters: [(name: String, value: Int)]
    /// Events delivered by the kernel.
    var events: Int
    /// CPU seconds of the process, without filling and reading.
    var cpuSeconds: Double
    /// The simulated time of the last event, in nanoseconds.
    var lastNanoseconds: Int64

    /// CPU seconds that this process has used.
    static func cpuClock() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Seconds with all nine decimals of the clock.
    var lastTime: String {
        let fraction = String(lastNanoseconds % 1_000_000_000)
        return "\(lastNanoseconds / 1_000_000_000)." + String(repeating: "0", count: 9 - fraction.count) + fraction
    }

    /// Prints one JSON document, or one line for people.
    func show(json: Bool) {
        let rate = cpuSeconds > 0 ? Double(events) / cpuSeconds : 0
        if json {
            var fields = ["\"benchmark\": \"\(benchmark)\""]
            fields += parameters.map { "\"\($0.name)\": \($0.value)" }
            fields.append("\"events\": \(events)")
            fields.append("\"cpu_seconds\": \(cpuSeconds)")
            fields.append("\"events_per_second\": \(rate)")
            fields.append("\"last_time\": \(lastTime)")
            print("{" + fields.joined(separator: ", ") + "}")
        } else {
            let millions = Double(Int(rate / 1e4)) / 100
            print("\(benchmark): \(events) events in \(cpuSeconds) s CPU, \(millions) M/s, clock at \(lastTime) s")
        }
    }
}
