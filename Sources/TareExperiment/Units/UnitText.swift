import TareCatalog
import TareCore

/// Reads quantities as scenarios write them: a number and its unit, never a bare number.
///
/// MiB and MB differ, and so do Gbit/s and MB/s.
public enum UnitText {
    static let byteUnits: [String: Double] = [
        "B": 1, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824, "TiB": 1_099_511_627_776,
        "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
    ]
    static let timeUnits: [String: Double] = [
        "ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86400,
    ]
    static let bitUnits: [String: Double] = ["bit/s": 1, "kbit/s": 1e3, "Mbit/s": 1e6, "Gbit/s": 1e9, "Tbit/s": 1e12]

    /// A number of bytes: `8GiB`, `1.5 GB`; rounded to whole bytes.
    public static func bytes(_ text: String) throws(UnitFailure) -> ByteCount {
        let value = try scaled(text, byteUnits, what: "a size", example: { "\($0)MiB" })
        guard value >= 0, value < 9e18 else {
            throw UnitFailure("`\(text)` is out of range for a size", hint: "write a size from 0B to 8000000TiB")
        }
        return ByteCount(Int64(value.rounded()))
    }

    /// A number of bytes above zero.
    static func someBytes(_ text: String) throws(UnitFailure) -> ByteCount {
        let value = try bytes(text)
        guard value > .zero else { throw UnitFailure("`\(text)` is nothing", hint: "write a size above 0B") }
        return value
    }

    /// A duration above zero, in seconds.
    static func someSeconds(_ text: String) throws(UnitFailure) -> Double {
        let value = try seconds(text)
        guard value > 0 else { throw UnitFailure("`\(text)` is no time at all", hint: "write a duration above 0s") }
        return value
    }

    /// A share above zero.
    static func someShare(_ text: String) throws(UnitFailure) -> Double {
        let value = try share(text)
        guard value > 0 else { throw UnitFailure("`\(text)` can never be reached", hint: "write such as `5%`") }
        return value
    }

    /// A duration in seconds: `350ms`, `1.9s`, `25min`.
    public static func seconds(_ text: String) throws(UnitFailure) -> Double {
        let value = try scaled(text, timeUnits, what: "a duration", example: { "\($0)s" })
        guard value >= 0, value < 1e12 else {
            throw UnitFailure("`\(text)` is out of range for a duration", hint: "durations are not negative")
        }
        return value
    }

    /// A network bandwidth in bits per second: `25Gbit/s`; MB/s is refused.
    public static func bitsPerSecond(_ text: String) throws(UnitFailure) -> Double {
        let value = try scaled(text, bitUnits, what: "a network bandwidth", example: { "\($0)Gbit/s" })
        guard value > 0, value <= 1e15 else {
            throw UnitFailure(
                "`\(text)` is out of range for a network bandwidth", hint: "write more than 0 and up to 1000Tbit/s")
        }
        return value
    }

    /// A rate in bytes per second: `64MiB/h`, `500 MB/s`.
    public static func bytesPerSecond(_ text: String) throws(UnitFailure) -> Double {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let time = timeUnits[parts[1]], !parts[0].hasSuffix("bit") else {
            let (number, _) = split(text)
            throw UnitFailure(
                "`\(text)` is not a rate of bytes",
                hint: "write the bytes and the time, such as `\(number.isEmpty ? "64" : number)MiB/s` or `64MiB/h`"
            )
        }
        return try bytes(parts[0]).doubleValue / time
    }

    /// A rate in bytes per second above zero.
    static func someBytesPerSecond(_ text: String) throws(UnitFailure) -> Double {
        let value = try bytesPerSecond(text)
        guard value > 0 else { throw UnitFailure("`\(text)` moves nothing", hint: "write such as `500MB/s`") }
        return value
    }

    /// Requests per second: `16000/s`.
    public static func requestsPerSecond(_ text: String) throws(UnitFailure) -> Double {
        let (number, unit) = split(text)
        guard unit == "/s", let value = Double(number), value > 0, value <= 1e12 else {
            throw UnitFailure(
                "`\(text)` is not a rate of requests", hint: "write `\(number.isEmpty ? "3000" : number)/s`")
        }
        return value
    }

    /// A share of 0 to 1 from a percentage: `60%`.
    public static func share(_ text: String) throws(UnitFailure) -> Double {
        let (number, unit) = split(text)
        guard unit == "%", let value = Double(number), value >= 0, value <= 100 else {
            let suggestion = Double(number).flatMap { (value: Double) -> String? in
                guard value >= 0, value <= 100 else { return nil }
                return value <= 1 && unit.isEmpty ? NumberText.fixed(value * 100, decimals: 0) : number
            }
            throw UnitFailure(
                "`\(text)` is not a percentage",
                hint: "write it with its sign, from 0% to 100%: `\(suggestion ?? "60")%`"
            )
        }
        return value / 100
    }

    /// A range of percentages: `60%..70%`.
    public static func band(_ text: String) throws(UnitFailure) -> [Double] {
        guard let (low, high) = range(text) else {
            throw UnitFailure("`\(text)` is not a band", hint: "write two percentages, such as `60%..70%`")
        }
        let band = [try share(low), try share(high)]
        guard band[0] < band[1] else {
            throw UnitFailure("the band `\(text)` is empty", hint: "write the lower edge first: `\(high)..\(low)`")
        }
        return band
    }

    /// When a service is ready: `GET /path`, `PING`, `SELECT 1`, `output TEXT`.
    public static func readiness(_ text: String) throws(UnitFailure) -> Readiness {
        if text.hasPrefix("GET /") { return .http(path: String(text.dropFirst(4))) }
        if text == "PING" { return .redisPing }
        if text == "SELECT 1" { return .postgresSelect }
        if text.hasPrefix("output "), text.count > 7 { return .output(String(text.dropFirst(7))) }
        throw UnitFailure(
            "`\(text)` is not a real answer to wait for",
            hint: "write `GET /path`, `PING`, `SELECT 1` or `output TEXT`"
        )
    }

    /// The two ends of `low..high`.
    static func range(_ text: String) -> (low: String, high: String)? {
        let characters = Array(text)
        guard
            let dots = characters.indices.dropLast().first(where: { characters[$0] == "." && characters[$0 + 1] == "." }
            )
        else { return nil }
        let low = String(characters[..<dots]).split(separator: " ").joined()
        let high = String(characters[(dots + 2)...]).split(separator: " ").joined()
        return low.isEmpty || high.isEmpty ? nil : (low, high)
    }

    /// The number at the front and the unit behind it, spaces between them dropped.
    static func split(_ text: String) -> (number: String, unit: String) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        let unit = text[number.endIndex...].drop { $0 == " " }
        return (String(number), String(unit))
    }

    private static func scaled(
        _ text: String,
        _ units: [String: Double],
        what: String,
        example: (String) -> String
    ) throws(UnitFailure) -> Double {
        let (number, unit) = split(text)
        guard let value = Double(number), value.isFinite else {
            throw UnitFailure(
                "`\(text)` is not \(what)", hint: "write a number and its unit, such as `\(example("8"))`")
        }
        guard !unit.isEmpty else {
            throw UnitFailure("`\(text)` has no unit", hint: "write \(what) with its unit: `\(example(number))`")
        }
        if let scale = units[unit] { return value * scale }
        let names = units.keys.sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
        let near = names.first { $0.lowercased() == unit.lowercased() } ?? Suggestion.nearest(to: unit, among: names)
        throw UnitFailure(
            "`\(unit)` is not a unit of \(what)",
            hint: near.map { "did you mean `\(number)\($0)`?" } ?? "use one of \(names.joined(separator: ", "))"
        )
    }
}
