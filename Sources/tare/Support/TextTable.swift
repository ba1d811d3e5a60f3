import TareCore

/// Rows for people: columns padded with spaces, numbers to the right.
struct TextTable {
    /// The heads of the columns; a head that ends in `>` is set to the right.
    private let heads: [String]
    private let right: [Bool]
    private var rows: [[String]] = []

    init(_ heads: [String]) {
        right = heads.map { $0.hasSuffix(">") }
        self.heads = heads.map { $0.hasSuffix(">") ? String($0.dropLast()) : $0 }
    }

    /// Whether there is nothing but heads.
    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table, heads first.
    var text: String {
        let all = [heads] + rows
        let widths = heads.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                return right[column] ? gap + row[column] : row[column] + gap
            }
            let line = cells.joined(separator: "  ")
            return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
        }.joined(separator: "\n")
    }
}
