import TareCore
import TareStatistics
import Testing

@testable import TareExperiment

@Suite("Reading datasets and journals byte by byte")
struct DatasetReadingTests {
    static let words = [
        "", "n=1", "instance:17", "disk.used", "h\u{e9}\u{1F600}te", "a \"quoted\" \\ one", "line\nbreak\u{1}",
        "\"samples\":[]",
        String(repeating: "long ", count: 40),
    ]

    static func number(_ generator: inout SeededGenerator) -> Double {
        switch UInt8.random(in: 0..<7, using: &generator) {
        case 0: return Double(Int.random(in: -1_000_000...1_000_000, using: &generator))
        case 1: return Double.random(in: 0..<1, using: &generator)
        case 2: return Double.random(in: -1e12..<1e12, using: &generator)
        case 3: return Double.random(in: 0..<1, using: &generator) * 1e-30
        case 4: return Double.random(in: 0..<1, using: &generator) * 1e200
        case 5:
            return [0, -0.0, 0.1, 1e22, 1e23, 9007199254740992, .pi, .leastNonzeroMagnitude, 1.7976931348623157e308]
                .randomElement(
                    using: &generator) ?? 0
        default:
            let value = Double(bitPattern: .random(in: .min ... .max, using: &generator))
            return value.isFinite ? value : 1
        }
    }

    static func sample(_ generator: inout SeededGenerator) -> Sample {
        func word(_ generator: inout SeededGenerator) -> String { words.randomElement(using: &generator) ?? "" }
        return Sample(
            cell: word(&generator), replication: .random(in: 0...5000, using: &generator),
            platform: Bool.random(using: &generator) ? .vm : .container,
            mode: Bool.random(using: &generator) ? .simulate : .measure, quantity: word(&generator),
            unit: word(&generator),
            subject: word(&generator),
            owner: Bool.random(using: &generator) ? Owner.allCases.randomElement(using: &generator) : nil,
            value: number(&generator), evidence: Evidence.allCases.randomElement(using: &generator) ?? .measured,
            denominator: Bool.random(using: &generator) ? word(&generator) : nil)
    }

    static func dataset(_ samples: [Sample], seed: UInt64 = 3) -> Dataset {
        Dataset(
            run: "r1", scenarioText: "name: \"samples\":[]\n", scenarioHash: "h", seed: seed, version: "0",
            machine: ["a": "b"],
            startedAt: "2026-01-01T00:00:00Z", cells: [Cell(id: "n=1", settings: ["n": "1"], instances: 1)],
            samples: samples)
    }

    /// What the general decoder makes of the same bytes.
    static func general(_ bytes: [UInt8]) throws -> Dataset {
        try JSONText.decode(Dataset.self, from: String(decoding: bytes, as: UTF8.self), subject: "test")
    }

    @Test("samples are those that the general decoder reads, to the last bit", arguments: 0..<40 as Range<UInt64>)
    func sameSamples(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let dataset = Self.dataset((0..<Int(seed) * 5).map { _ in Self.sample(&generator) })
        for bytes in [try DatasetText.bytes(dataset), Array(try JSONText.encode(dataset).utf8)] {
            let read = try DatasetText.read(bytes, subject: "test")
            #expect(read.samples == dataset.samples)
            #expect(read.samples.map(\.value.bitPattern) == (try Self.general(bytes)).samples.map(\.value.bitPattern))
            #expect(read.scenarioText == dataset.scenarioText)
            #expect(read.seed == dataset.seed)
        }
    }

    @Test("what the writer wrote is read without the general decoder")
    func noFallback() throws {
        var generator = SeededGenerator(seed: 1)
        let samples = (0..<500).map { _ in Self.sample(&generator) }.filter { $0.value == 0 || $0.value.isNormal }
        let bytes = try DatasetText.bytes(Self.dataset(samples))
        let found = try bytes.withUnsafeBufferPointer { try DatasetText.samples(in: $0) }
        #expect(found.samples == samples)
        let record = StepRecord(
            key: .init(cell: "n=1", replication: 3, isWarmUp: false),
            arms: [.init(platform: .vm, mode: .simulate, failure: "no \"room\"", warnings: ["w"], samples: samples)])
        let line = try StepRecord(scanning: Array(try record.line().utf8))
        let whole = try StepRecord(decoding: try record.line(), at: "test:1")
        #expect(line.key == record.key)
        #expect(line.arms.map(\.samples) == whole.arms.map(\.samples))
        #expect(line.arms.map(\.warnings) == [["w"]])
        #expect(line.arms.map(\.failure) == ["no \"room\""])
    }

    @Test("a damaged document is refused or read as the general decoder does it", arguments: 0..<400 as Range<UInt64>)
    func damage(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 1000)
        var bytes = try DatasetText.bytes(Self.dataset((0..<6).map { _ in Self.sample(&generator) }))
        let marks = Array("\"\\{}[],:0-.eEnu x\u{7f}".utf8) + [0, 10, 0xff]
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch UInt8.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = marks.randomElement(using: &generator) ?? 0
            case 1: bytes.remove(at: place)
            default: bytes.insert(marks.randomElement(using: &generator) ?? 0, at: place)
            }
        }
        let mine = try? DatasetText.read(bytes, subject: "test")
        let whole = try? Self.general(bytes)
        #expect((mine == nil) == (whole == nil), "\(String(decoding: bytes, as: UTF8.self))")
        #expect(mine?.samples == whole?.samples)
        #expect(mine?.scenarioText == whole?.scenarioText)
        #expect(mine?.startedAt == whole?.startedAt)
    }

    @Test("numbers are the nearest, as the library's", arguments: 0..<20 as Range<UInt64>)
    func numbers(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let digits = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }.joined()
            let power = Int.random(in: -40...40, using: &generator)
            let text = "\(Int.random(in: 1...9, using: &generator)).\(digits)e\(power)"
            let value = try Array("\(text) ".utf8).withUnsafeBufferPointer { bytes in
                var scanner = JSONScanner(bytes)
                return try scanner.number()
            }
            #expect(value == Double(text), "\(text)")
        }
    }

    @Test(
        "what JSON does not allow as a number is not read",
        arguments: ["01", "1.", ".5", "+1", "1e", "--1", "0x10", "1e999", "nan"])
    func noNumber(text: String) {
        #expect(throws: JSONScanner.Unknown.self) {
            try Array("\(text),".utf8).withUnsafeBufferPointer { bytes in
                var scanner = JSONScanner(bytes)
                _ = try scanner.number()
            }
        }
    }
}
