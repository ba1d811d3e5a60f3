import TareCore

/// Reads the samples of a dataset file, and the rows of a journal.
struct SampleScanner {
    private var cells = WordTable<String>()
    private var quantities = WordTable<String>()
    private var units = WordTable<String>()
    private var subjects = WordTable<String>()
    private var denominators = WordTable<String>()
    private var platforms = WordTable<Platform>()
    private var modes = WordTable<RunMode>()
    private var owners = WordTable<Owner>()
    private var evidences = WordTable<Evidence>()

    /// Reads an array of samples, each an object with a key a field, in any order.
    mutating func samples(_ scanner: inout JSONScanner) throws(JSONScanner.Unknown) -> [Sample] {
        var samples: [Sample] = []
        try scanner.expect(UInt8(ascii: "["))
        if scanner.skip(UInt8(ascii: "]")) { return samples }
        repeat { samples.append(try sample(&scanner)) } while scanner.skip(UInt8(ascii: ","))
        try scanner.expect(UInt8(ascii: "]"))
        return samples
    }

    private mutating func sample(_ scanner: inout JSONScanner) throws(JSONScanner.Unknown) -> Sample {
        var sample = Sample(
            cell: "", replication: 0, platform: .vm, mode: .simulate, quantity: "", unit: "", subject: "", value: 0,
            evidence: .assumed)
        // A bit a field: one that comes twice is the general decoder's to judge, as is one that is missing.
        var seen: UInt16 = 0
        try scanner.expect(UInt8(ascii: "{"))
        repeat {
            let key = try scanner.string()
            guard !key.isEscaped, let field = Field(scanner, key.range), seen & field.rawValue == 0 else {
                throw JSONScanner.Unknown()
            }
            seen |= field.rawValue
            try scanner.expect(UInt8(ascii: ":"))
            switch field {
            case .cell: sample.cell = try cells.read(&scanner) { $0 }
            case .replication: sample.replication = try scanner.whole()
            case .platform: sample.platform = try platforms.read(&scanner, Platform.init)
            case .mode: sample.mode = try modes.read(&scanner, RunMode.init)
            case .quantity: sample.quantity = try quantities.read(&scanner) { $0 }
            case .unit: sample.unit = try units.read(&scanner) { $0 }
            case .subject: sample.subject = try subjects.read(&scanner) { $0 }
            case .owner: sample.owner = try scanner.skipNull() ? nil : try owners.read(&scanner, Owner.init)
            case .value: sample.value = try scanner.number()
            case .evidence: sample.evidence = try evidences.read(&scanner, Evidence.init)
            case .denominator:
                sample.denominator = try scanner.skipNull() ? nil : try denominators.read(&scanner) { $0 }
            }
        } while scanner.skip(UInt8(ascii: ","))
        try scanner.expect(UInt8(ascii: "}"))
        guard seen | Field.owner.rawValue | Field.denominator.rawValue == Field.all else { throw JSONScanner.Unknown() }
        return sample
    }

    /// Reads an array of a journal's rows `[quantity, unit, subject, owner, value, evidence, denominator]`.
    ///
    /// - Parameters:
    ///   - scanner: before the array.
    ///   - key: the step that they belong to.
    ///   - platform: the arm.
    ///   - mode: how it was run.
    /// - Returns: the samples, in the order of the rows.
    /// - Throws: `Unknown` where the rows are not as `line()` writes them.
    mutating func rows(
        _ scanner: inout JSONScanner,
        of key: StepRecord.Key,
        _ platform: Platform,
        _ mode: RunMode
    ) throws(JSONScanner.Unknown) -> [Sample] {
        var samples: [Sample] = []
        let comma = UInt8(ascii: ",")
        try scanner.expect(UInt8(ascii: "["))
        if scanner.skip(UInt8(ascii: "]")) { return samples }
        repeat {
            try scanner.expect(UInt8(ascii: "["))
            let quantity = try quantities.read(&scanner) { $0 }
            try scanner.expect(comma)
            let unit = try units.read(&scanner) { $0 }
            try scanner.expect(comma)
            let subject = try subjects.read(&scanner) { $0 }
            try scanner.expect(comma)
            let owner: Owner? = try scanner.skipNull() ? nil : try owners.read(&scanner, Owner.init)
            try scanner.expect(comma)
            let value = try scanner.number()
            try scanner.expect(comma)
            let evidence = try evidences.read(&scanner, Evidence.init)
            try scanner.expect(comma)
            let denominator: String? = try scanner.skipNull() ? nil : try denominators.read(&scanner) { $0 }
            try scanner.expect(UInt8(ascii: "]"))
            samples.append(
                Sample(
                    cell: key.cell, replication: key.replication, platform: platform, mode: mode, quantity: quantity,
                    unit: unit, subject: subject, owner: owner, value: value, evidence: evidence,
                    denominator: denominator))
        } while scanner.skip(comma)
        try scanner.expect(UInt8(ascii: "]"))
        return samples
    }

    /// The platform of an arm.
    mutating func platform(_ scanner: inout JSONScanner) throws(JSONScanner.Unknown) -> Platform {
        try platforms.read(&scanner, Platform.init)
    }

    /// The mode of an arm.
    mutating func mode(_ scanner: inout JSONScanner) throws(JSONScanner.Unknown) -> RunMode {
        try modes.read(&scanner, RunMode.init)
    }

    /// A sample's fields; no two begin with the same letter.
    private enum Field: UInt16, CaseIterable {
        case cell = 1
        case replication = 2
        case platform = 4
        case mode = 8
        case quantity = 16
        case unit = 32
        case subject = 64
        case owner = 128
        case value = 256
        case evidence = 512
        case denominator = 1024

        static let all: UInt16 = 2047

        init?(_ scanner: JSONScanner, _ range: Range<Int>) {
            let candidate: (field: Field, name: StaticString)
            switch scanner.byte(range.lowerBound) {
            case UInt8(ascii: "c"): candidate = (.cell, "cell")
            case UInt8(ascii: "r"): candidate = (.replication, "replication")
            case UInt8(ascii: "p"): candidate = (.platform, "platform")
            case UInt8(ascii: "m"): candidate = (.mode, "mode")
            case UInt8(ascii: "q"): candidate = (.quantity, "quantity")
            case UInt8(ascii: "u"): candidate = (.unit, "unit")
            case UInt8(ascii: "s"): candidate = (.subject, "subject")
            case UInt8(ascii: "o"): candidate = (.owner, "owner")
            case UInt8(ascii: "v"): candidate = (.value, "value")
            case UInt8(ascii: "e"): candidate = (.evidence, "evidence")
            case UInt8(ascii: "d"): candidate = (.denominator, "denominator")
            default: return nil
            }
            guard scanner.holds(range, candidate.name) else { return nil }
            self = candidate.field
        }
    }
}
