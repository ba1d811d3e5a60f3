import TareCore

extension StepRecord {
    /// The record as one line of JSON; samples are rows `[quantity, unit, subject, owner, value, evidence, denominator]`.
    ///
    /// - Throws: `TareError.internal` where a timeline cannot be written.
    func line() throws(TareError) -> String {
        var json = JSONLine()
        json.raw("{\"cell\":")
        json.string(key.cell)
        json.raw(",\"replication\":")
        json.number(key.replication)
        json.raw(",\"warm_up\":")
        json.raw(json: key.isWarmUp ? "true" : "false")
        json.raw(",\"arms\":[")
        for (index, arm) in arms.enumerated() {
            if index > 0 { json.raw(",") }
            json.raw("{\"platform\":")
            json.string(arm.platform.rawValue)
            json.raw(",\"mode\":")
            json.string(arm.mode.rawValue)
            json.raw(",\"failure\":")
            json.string(orNull: arm.failure)
            json.raw(",\"warnings\":")
            json.list(arm.warnings) { $0.string($1) }
            json.raw(",\"timelines\":")
            json.raw(json: arm.timelines.isEmpty ? "[]" : try JSONText.encode(arm.timelines, pretty: false))
            json.raw(",\"samples\":")
            json.list(arm.samples) { json, sample in
                json.raw("[")
                json.string(sample.quantity)
                json.raw(",")
                json.string(sample.unit)
                json.raw(",")
                json.string(sample.subject)
                json.raw(",")
                json.string(orNull: sample.owner?.rawValue)
                json.raw(",")
                json.number(sample.value)
                json.raw(",")
                json.string(sample.evidence.rawValue)
                json.raw(",")
                json.string(orNull: sample.denominator)
                json.raw("]")
            }
            json.raw("}")
        }
        json.raw("]}")
        return json.text
    }

    /// Reads a line that `line()` wrote.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - place: the journal and the line's number, for the error.
    /// - Throws: `TareError.corrupt` where it is not such a line.
    init(line: String, at place: String) throws(TareError) {
        if let read = try? StepRecord(scanning: Array(line.utf8)) {
            self = read
            return
        }
        try self.init(decoding: line, at: place)
    }

    /// Reads a line by the general decoder, which knows all of JSON.
    init(decoding line: String, at place: String) throws(TareError) {
        let read = try JSONText.decode(Line.self, from: line, subject: place)
        key = Key(cell: read.cell, replication: read.replication, isWarmUp: read.warm_up)
        arms = read.arms.map { arm in
            Arm(
                platform: arm.platform,
                mode: arm.mode,
                failure: arm.failure,
                warnings: arm.warnings,
                timelines: arm.timelines,
                samples: arm.samples.map { row in
                    Sample(
                        cell: read.cell,
                        replication: read.replication,
                        platform: arm.platform,
                        mode: arm.mode,
                        quantity: row.quantity,
                        unit: row.unit,
                        subject: row.subject,
                        owner: row.owner,
                        value: row.value,
                        evidence: row.evidence,
                        denominator: row.denominator
                    )
                }
            )
        }
    }

    private struct Line: Decodable {
        struct Arm: Decodable {
            var platform: Platform
            var mode: RunMode
            var failure: String?
            var warnings: [String]
            var timelines: [StartTimeline]
            var samples: [Row]
        }

        struct Row: Decodable {
            var quantity: String
            var unit: String
            var subject: String
            var owner: Owner?
            var value: Double
            var evidence: Evidence
            var denominator: String?

            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                quantity = try row.decode(String.self)
                unit = try row.decode(String.self)
                subject = try row.decode(String.self)
                owner = try row.decodeIfPresent(Owner.self)
                value = try row.decode(Double.self)
                evidence = try row.decode(Evidence.self)
                denominator = try row.decodeIfPresent(String.self)
            }
        }

        var cell: String
        var replication: Int
        // The key as it is in the journal.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        var warm_up: Bool
        var arms: [Arm]
    }
}
