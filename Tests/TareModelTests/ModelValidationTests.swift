import FoundationEssentials
import Testing

@testable import TareModel

@Suite("ModelValidation")
struct ModelValidationTests {
    @Test("every check row but the named ones is inside the published spread or at most 10% off")
    func checks() throws {
        let rows = try ModelValidation.rows()
        #expect(rows.filter { !$0.isCalibration }.count >= 18)
        for row in rows {
            let isNamed = ModelValidation.knownOff[row.id] != nil
            #expect(row.passes != isNamed, "\(row.id): modelled \(row.modelled), error \(row.error)")
            // Even a named one is no further off than by half.
            #expect(abs(row.error) < 0.5, "\(row.id)")
        }
    }

    @Test("the table is worst first, and calibration rows come after all checks")
    func order() throws {
        let rows = try ModelValidation.rows()
        let checks = rows.filter { !$0.isCalibration }
        let uses = rows.map(\.isCalibration)
        #expect(uses == Array(repeating: false, count: checks.count) + uses.dropFirst(checks.count))
        let errors = checks.map { abs($0.error) }
        let sorted = errors.sorted(by: >)
        #expect(errors == sorted)
        let lines = ModelValidation.table(rows).split(separator: "\n")
        #expect(lines.count == rows.count + 2)
    }

    @Test("Docs/TareModel.md has the table as it is now")
    func page() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: "/\(root)/Docs/TareModel.md", encoding: .utf8)
        let table = try ModelValidation.table(ModelValidation.rows())
        #expect(page.contains(table), "put this into the page:\n\(table)")
        for (id, reason) in ModelValidation.knownOff { #expect(page.contains("- \(id): \(reason)"), "\(id)") }
    }
}
