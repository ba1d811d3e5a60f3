import CTareData
import TareCore

/// The table of published figures, by the id of the row.
public enum PublishedFigures {
    /// One row: a figure and the conditions under which it was obtained.
    public struct Row: Sendable {
        /// The row's id, which is the figure's source.
        public let id: String
        /// The quantity's name.
        public let quantity: String
        /// Value, unit, spread and evidence.
        public let figure: Figure
        /// The conditions.
        public let conditions: String
        /// The publication.
        public let publication: String
        /// Its year.
        public let year: Int
        /// A, B, C or M, as the data's README explains.
        public let confidence: String
    }

    private static let loaded: Result<[String: Row], TareError> = Result { () throws(TareError) in try load() }

    /// Every row by id.
    ///
    /// - Returns: the rows.
    /// - Throws: `TareError.corrupt` where the embedded table is damaged.
    public static func rows() throws(TareError) -> [String: Row] { try loaded.get() }

    /// One figure.
    ///
    /// - Parameter id: the row's id, `A01`.
    /// - Returns: the figure; rows of confidence A and B are published, C assumed, M measured.
    /// - Throws: `TareError.notFound` for an unknown id.
    public static func figure(id: String) throws(TareError) -> Figure {
        let rows = try rows()
        guard let row = rows[id] else {
            throw TareError(.notFound, subject: id, "no published figure has this id")
        }
        return row.figure
    }

    private static func load() throws(TareError) -> [String: Row] {
        var rows: [String: Row] = [:]
        for record in try CSVTable(EmbeddedFile(tare_data_published()), subject: "published.csv").records {
            let id = record.text("id")
            guard let value = try record.number("value") else {
                throw TareError(.corrupt, subject: record.place, "the row has no value")
            }
            let confidence = record.text("confidence")
            let evidence: Evidence =
                switch confidence {
                case "A", "B": .published
                case "M": .measured
                default: .assumed
                }
            let figure = Figure(
                value,
                unit: record.text("unit"),
                low: try record.number("low"),
                high: try record.number("high"),
                evidence: evidence,
                source: id
            )
            let row = Row(
                id: id,
                quantity: record.text("quantity"),
                figure: figure,
                conditions: record.text("conditions"),
                publication: record.text("source"),
                year: try record.integer("year"),
                confidence: confidence
            )
            guard rows.updateValue(row, forKey: id) == nil else {
                throw TareError(.corrupt, subject: record.place, "the id \(id) stands twice")
            }
        }
        return rows
    }
}

/// The bytes of one file that was put into the program.
struct EmbeddedFile: Sequence {
    let file: tare_data_file
    init(_ file: tare_data_file) { self.file = file }
    func makeIterator() -> UnsafeBufferPointer<UInt8>.Iterator {
        UnsafeBufferPointer(start: file.bytes, count: file.count).makeIterator()
    }
}

extension Figure {
    /// The value in seconds or bytes; other units stay as they are.
    public var base: Double {
        switch unit {
        case "ms": value * 1e-3
        case "us": value * 1e-6
        case "kB", "KiB": value * 1024
        case "MB": value * 1e6
        case "MiB", "MiB/s": value * 1_048_576
        case "GB", "GB/s": value * 1e9
        case "GiB": value * 1_073_741_824
        case "%": value / 100
        default: value
        }
    }

    /// A prior of Tare's own: it is marked assumed wherever it is used.
    public static func assumed(_ value: Double, _ unit: String) -> Figure {
        Figure(value, unit: unit, evidence: .assumed)
    }
}
