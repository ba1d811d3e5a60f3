import TareCore
import Testing

@testable import TareExperiment

@Suite("Quantity expressions")
struct QuantityExpressionTests {
    @Test(
        "the canonical text comes back",
        arguments: [
            ("share(os, disk.used, per=instance)", "share(os, disk.used, per=instance)"),
            ("share(os, mem.pss)", "share(os, mem.pss, per=instance)"),
            ("share( app ,disk.wire,platform=container)", "share(app, disk.wire, per=instance, platform=container)"),
            ("ratio(vm, container, disk.allocated, per=host)", "ratio(vm, container, disk.allocated, per=host)"),
            ("difference(vm, container, mem.pss)", "difference(vm, container, mem.pss, per=instance)"),
            ("median(start.first-response, vm)", "median(start.first-response, vm, per=instance)"),
            ("p95(start.first-response, container)", "p95(start.first-response, container, per=instance)"),
        ]
    )
    func canonical(text: String, expected: String) throws {
        let expression = try QuantityExpression(parsing: text)
        #expect(expression.description == expected)
        #expect(try QuantityExpression(parsing: expected) == expression)
    }

    @Test(
        "a mistake names its column and the fix",
        arguments: [
            ("shar(os, disk.used)", 1, "`share`"),
            ("share(oss, disk.used)", 7, "`os`"),
            ("share(os, disk.usd)", 11, "`disk.used`"),
            ("share(os, disk.used, per=instanc)", 26, "`instance`"),
            ("share(os, disk.used, vm)", 22, "leave it out"),
            ("share(os)", 9, "closing bracket"),
            ("ratio(vm, containr, disk.used)", 11, "`container`"),
            ("share os", 8, "share(os, disk.used"),
            ("share(os, disk.used) x", 22, "leave it out"),
        ]
    )
    func mistakes(text: String, column: Int, hint: String) throws {
        let error = try #require(throws: TareError.self) { try QuantityExpression(parsing: text) }
        #expect(error.subject.hasSuffix("column \(column)"))
        #expect(error.hint?.contains(hint) == true)
    }
}
