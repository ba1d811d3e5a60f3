import TareCore

/// A comma-separated table as RFC 4180 writes it, with the line of every row.
public struct CSVTable: Sendable {
    /// Column names, from the first line.
    public let columns: [String]
    /// The cells of every row, with the line that it starts on.
    public let rows: [(line: Int, cells: [String])]
    /// The file's name, for errors.
    public let subject: String

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - text: the table; quoted cells may hold commas, line ends and doubled quotes.
    ///   - subject: the file's name, for errors.
    /// - Throws: `TareError.corrupt` with the line, for an open quote or a row of another length.
    /// - Complexity: O(bytes).
    public init(_ text: some Sequence<UInt8>, subject: String) throws(TareError) {
        var rows: [(line: Int, cells: [String])] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var quoted = false
        var closing = false
        var line = 1
        var first = 1
        func fail(_ at: Int, _ what: String) -> TareError { TareError(.corrupt, subject: "\(subject):\(at)", what) }
        for byte in Array(text) + [0x0A] {
            if quoted, !closing {
                if byte == 0x22 { closing = true } else { cell.append(byte) }
                if byte == 0x0A { line += 1 }
                continue
            }
            if closing, byte == 0x22 {
                cell.append(byte)
                closing = false
                continue
            }
            switch byte {
            case 0x22:
                guard cell.isEmpty, !closing else { throw fail(line, "a quote stands inside an unquoted cell") }
                quoted = true
            case 0x2C, 0x0A:
                cells.append(String(decoding: cell, as: UTF8.self))
                cell.removeAll(keepingCapacity: true)
                quoted = false
                closing = false
                guard byte == 0x0A else { continue }
                if cells != [""] { rows.append((first, cells)) }
                cells.removeAll()
                line += 1
                first = line
            case 0x0D: continue
            default:
                guard !closing else { throw fail(line, "text follows a closing quote") }
                cell.append(byte)
            }
        }
        guard !quoted else { throw fail(first, "a quoted cell is not closed") }
        guard let head = rows.first else { throw fail(1, "the table is empty") }
        for row in rows where row.cells.count != head.cells.count {
            throw fail(row.line, "\(row.cells.count) cells where the head has \(head.cells.count)")
        }
        columns = head.cells
        self.rows = Array(rows.dropFirst())
        self.subject = subject
    }

    /// The rows as dictionaries by column name.
    public var records: [CSVRecord] {
        rows.map { row in
            CSVRecord(
                place: "\(subject):\(row.line)",
                cells: Dictionary(zip(columns, row.cells)) { first, _ in first }
            )
        }
    }
}

/// One row of a table, by column name.
public struct CSVRecord: Sendable {
    /// `file:line`.
    public let place: String
    /// Cells by column.
    public let cells: [String: String]

    /// The cell of a column; empty where there is none.
    public func text(_ column: String) -> String { cells[column] ?? "" }

    /// The cell as a number, `nil` where it is empty.
    ///
    /// - Parameter column: the column's name.
    /// - Returns: the number.
    /// - Throws: `TareError.corrupt` where it is not a number.
    public func number(_ column: String) throws(TareError) -> Double? {
        let text = text(column)
        if text.isEmpty { return nil }
        guard let value = Double(text) else {
            throw TareError(.corrupt, subject: place, "column \(column) holds `\(text)`, not a number")
        }
        return value
    }

    /// The cell as an integer.
    ///
    /// - Parameter column: the column's name.
    /// - Returns: the integer.
    /// - Throws: `TareError.corrupt` where it is not one.
    public func integer(_ column: String) throws(TareError) -> Int {
        guard let value = Int(text(column)) else {
            throw TareError(.corrupt, subject: place, "column \(column) holds `\(text(column))`, not an integer")
        }
        return value
    }
}
