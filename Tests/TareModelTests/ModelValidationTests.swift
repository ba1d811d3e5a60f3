import Testing

@testable import TareModel

@Suite("ModelValidation")
struct ModelValidationTests {
    @Test("every check row is inside the published spread or at most 10% off")
    func checks() throws {
        let rows = try ModelValidation.rows()
        #expect(rows.filter { !$0.isCalibration }.count >= 9)
        for row in rows { #expect(row.passes, "\(row.id): modelled \(row.modelled), error \(row.error)") }
    }
}
