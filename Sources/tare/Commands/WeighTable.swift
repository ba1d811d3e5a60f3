import TareCatalog
import TareCore
import TareWeigh

/// A weighing as a table for people, or as rows separated by tabs.
struct WeighTable {
    var cut: Weigh.Cut
    var top: Int
    var plain: Bool
    var hasWire: Bool

    /// The table of one subject.
    func text(of result: WeighingResult) -> String {
        let (head, all) = rows(of: result)
        let rows = top > 0 && cut != .owner && cut != .group ? Array(all.prefix(top)) : all
        if plain { return rows.map { $0.joined(separator: "\t") }.joined(separator: "\n") }
        let weights = result.weighing.weights
        let system = [result.weighing.workload, result.weighing.base].compactMap { $0 }.joined(separator: " on ")
        var lines = [
            "\(result.weighing.subject): \(result.kind)" + (system.isEmpty ? "" : ", \(system)")
                + (result.isBaseDetected ? " (found by its packages)" : "") + ", measured",
            "virtual \(weights.virtual), allocated \(weights.allocated), used \(weights.used), "
                + (hasWire ? "wire \(weights.wire)" : "wire not measured"),
            "",
        ]
        lines += Self.aligned([head] + rows)
        if rows.count < all.count { lines.append("and \(all.count - rows.count) more; --top 0 shows all") }
        lines += sharedLines(result)
        if hasWire { lines.append("wire: \(result.wireMethod)") }
        return lines.joined(separator: "\n")
    }

    /// The table of what is there more than once.
    func text(of duplication: Duplication) -> String {
        var rows: [[String]] = []
        for (name, level) in [("file", duplication.files), ("4 KiB block", duplication.blocks)] {
            for row in level.subjects {
                rows.append(
                    [name, row.subject] + sizes([row.total, row.unique, row.shared, row.repeated]))
            }
            for row in level.owners {
                rows.append([name, row.owner.rawValue] + sizes([row.total, row.unique, row.shared, row.duplicate]))
            }
        }
        if plain { return rows.map { $0.joined(separator: "\t") }.joined(separator: "\n") }
        let summary = [("files", duplication.files), ("4 KiB blocks", duplication.blocks)].map { name, level in
            "kept once, \(name) take \(level.distinct) of \(level.total): \(level.duplicate) are there again"
        }
        return
            (Self.aligned([["LEVEL", "SUBJECT OR OWNER", "TOTAL", "UNIQUE", "SHARED", "AGAIN"]] + rows) + summary)
            .joined(separator: "\n")
    }

    private func rows(of result: WeighingResult) -> (head: [String], rows: [[String]]) {
        let used = result.weighing.weights.used
        switch cut {
        case .group:
            return (
                ["OWNER", "GROUP", "FILES", "USED", "SHARE", "ALLOCATED", "WIRE"],
                result.weighing.owners.map { [$0.owner.rawValue, $0.group.rawValue] + cells($0, used) }
            )
        case .owner:
            let rows = Owner.allCases.compactMap { owner -> [String]? in
                let own = result.weighing.owners.filter { $0.owner == owner }
                guard var sum = own.first else { return nil }
                for row in own.dropFirst() {
                    sum.files += row.files
                    sum.used += row.used
                    sum.allocated += row.allocated
                    sum.wire += row.wire
                }
                return [owner.rawValue] + cells(sum, used)
            }
            return (["OWNER", "FILES", "USED", "SHARE", "ALLOCATED", "WIRE"], rows)
        case .package:
            let sorted = result.packages.sorted { ($1.used, $0.name) < ($0.used, $1.name) }
            return (
                ["PACKAGE", "VERSION", "OWNER", "FILES", "USED", "SHARE", "ALLOCATED"],
                sorted.map {
                    [$0.name, $0.version, $0.owner.rawValue + ($0.shared ? " (shared)" : ""), "\($0.files)"]
                        + [size($0.used), share($0.used, used), size($0.allocated)]
                }
            )
        case .layer:
            return (
                ["LAYER", "FILES", "USED", "SHARE", "UNPACKED", "WIRE", "MADE BY"],
                result.layers.map {
                    [String($0.name.prefix(19)), "\($0.files)", size($0.used), share($0.used, used), size($0.unpacked)]
                        + [$0.wire.map(size) ?? "-", String(($0.createdBy ?? "-").prefix(60))]
                }
            )
        case .path:
            return (
                ["PATH", "FILES", "USED", "SHARE", "ALLOCATED"],
                result.folders.map {
                    [$0.path, "\($0.files)", size($0.used), share($0.used, used), size($0.allocated)]
                }
            )
        }
    }

    private func cells(_ row: OwnerWeight, _ whole: ByteCount) -> [String] {
        ["\(row.files)", size(row.used), share(row.used, whole), size(row.allocated), hasWire ? size(row.wire) : "-"]
    }

    private func size(_ bytes: ByteCount) -> String { plain ? "\(bytes.bytes)" : bytes.description }

    private func sizes(_ bytes: [ByteCount]) -> [String] { bytes.map(size) }

    private func share(_ part: ByteCount, _ whole: ByteCount) -> String {
        guard let share = part.share(of: whole) else { return "-" }
        return plain ? NumberText.fixed(share, decimals: 6) : NumberText.percent(share)
    }

    /// The OS's share both ways, where the two differ.
    private func sharedLines(_ result: WeighingResult) -> [String] {
        let used = result.weighing.weights.used
        let shares = [Owner.os, .runtime].map { side in
            result.weighing(sharedAs: side).bytes(of: .os, by: .used)
        }
        guard shares[0] != shares[1] else { return [] }
        return [
            "what the OS and the workload both need counts as the OS's (OS \(share(shares[0], used)) of used);"
                + " as the runtime's, the OS has \(share(shares[1], used))"
        ]
    }

    /// Columns of equal width; those that begin with a digit in the second row go right.
    private static func aligned(_ rows: [[String]]) -> [String] {
        guard let head = rows.first else { return [] }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let right = head.indices.map { column in
            rows.dropFirst().allSatisfy { $0[column].first?.isNumber == true || $0[column] == "-" }
        }
        return rows.map { row in
            var line = ""
            for column in row.indices {
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                line += (column > 0 ? "  " : "") + (right[column] ? gap + row[column] : row[column] + gap)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
