import TareCore

extension StepRecord {
    /// Reads a line as `line()` writes it, keys in the same order.
    ///
    /// - Throws: `Unknown` where anything is different; the general decoder then has the word.
    init(scanning line: [UInt8]) throws(JSONScanner.Unknown) {
        let read = line.withUnsafeBufferPointer { try? Self.scan($0) }
        guard let read else { throw JSONScanner.Unknown() }
        self = read
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONScanner.Unknown) -> StepRecord {
        var scanner = JSONScanner(bytes)
        var reader = SampleScanner()
        let comma = UInt8(ascii: ",")
        try scanner.expect(UInt8(ascii: "{"))
        try scanner.expect(key: "cell")
        let cell = try scanner.text(try scanner.string())
        try scanner.expect(comma)
        try scanner.expect(key: "replication")
        let replication = try scanner.whole()
        try scanner.expect(comma)
        try scanner.expect(key: "warm_up")
        let key = Key(cell: cell, replication: replication, isWarmUp: try scanner.truth())
        try scanner.expect(comma)
        try scanner.expect(key: "arms")
        try scanner.expect(UInt8(ascii: "["))
        var arms: [Arm] = []
        if !scanner.skip(UInt8(ascii: "]")) {
            repeat { arms.append(try arm(&scanner, &reader, key, bytes)) } while scanner.skip(comma)
            try scanner.expect(UInt8(ascii: "]"))
        }
        try scanner.expect(UInt8(ascii: "}"))
        guard scanner.next() == 0 else { throw JSONScanner.Unknown() }
        return StepRecord(key: key, arms: arms)
    }

    private static func arm(
        _ scanner: inout JSONScanner,
        _ reader: inout SampleScanner,
        _ key: Key,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONScanner.Unknown) -> Arm {
        let comma = UInt8(ascii: ",")
        try scanner.expect(UInt8(ascii: "{"))
        try scanner.expect(key: "platform")
        var arm = Arm(platform: try reader.platform(&scanner), mode: .simulate)
        try scanner.expect(comma)
        try scanner.expect(key: "mode")
        arm.mode = try reader.mode(&scanner)
        try scanner.expect(comma)
        try scanner.expect(key: "failure")
        arm.failure = try scanner.skipNull() ? nil : try scanner.text(try scanner.string())
        try scanner.expect(comma)
        try scanner.expect(key: "warnings")
        arm.warnings = try value([String].self, &scanner, bytes)
        try scanner.expect(comma)
        try scanner.expect(key: "timelines")
        arm.timelines = try value([StartTimeline].self, &scanner, bytes)
        try scanner.expect(comma)
        try scanner.expect(key: "samples")
        arm.samples = try reader.rows(&scanner, of: key, arm.platform, arm.mode)
        try scanner.expect(UInt8(ascii: "}"))
        return arm
    }

    /// A list that is seldom anything but empty, by the general decoder.
    private static func value<Element: Decodable>(
        _ type: [Element].Type,
        _ scanner: inout JSONScanner,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONScanner.Unknown) -> [Element] {
        _ = scanner.next()
        let start = scanner.place
        try scanner.skipValue()
        if scanner.place == start + 2 { return [] }
        let text = String(decoding: bytes[start..<scanner.place], as: UTF8.self)
        guard let read = try? JSONText.decode(type, from: text, subject: "") else { throw JSONScanner.Unknown() }
        return read
    }
}
