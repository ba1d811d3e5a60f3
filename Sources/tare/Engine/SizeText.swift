import TareCore

/// Sizes as docker's flags have them: `256m`, `1g`, `512k`, `1073741824`, and `256MiB` or `1GB` as Tare writes them.
enum SizeText {
    /// Reads one.
    ///
    /// - Parameters:
    ///   - text: the flag's value.
    ///   - flag: its name, for the error.
    /// - Returns: the bytes.
    /// - Throws: `usage`.
    static func read(_ text: String, flag: String) throws(TareError) -> ByteCount {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text[digits.endIndex...].lowercased()
        let factors: [String: Double] = [
            "": 1, "b": 1, "k": 1024, "kib": 1024, "kb": 1000, "m": 1_048_576, "mib": 1_048_576, "mb": 1e6,
            "g": 1_073_741_824, "gib": 1_073_741_824, "gb": 1e9, "t": 1_099_511_627_776, "tib": 1_099_511_627_776,
            "tb": 1e12,
        ]
        guard let number = Double(digits), let factor = factors[unit], number >= 0, number * factor < 9e18 else {
            throw TareError(
                .usage, subject: "\(flag) \(text)", "not a number of bytes", hint: "write 256m, 256MiB or 1g")
        }
        return ByteCount(Int64((number * factor).rounded()))
    }
}
