import TareCore
import Testing

@Suite("numbers as text")
struct NumberTextTests {
    @Test(
        "significant figures never eat digits before the point",
        arguments: [
            (0.0, "0"), (1234.0, "1,234"), (12.345, "12.3"), (0.00123456, "0.00123"), (999.96, "1,000"), (1.0, "1.00"),
            (-45.67, "-45.7"), (1_234_567.0, "1,234,567"), (0.0999, "0.0999"), (0.99999, "1.00"), (9.999, "10.0"),
            (0.09999, "0.100"), (100.0, "100"),
        ])
    func significant(value: Double, text: String) {
        #expect(NumberText.significant(value) == text)
    }

    @Test(
        "fixed digits round half to even and keep the sign of what is left",
        arguments: [
            (0.5, 0, "0"), (1.5, 0, "2"), (2.675, 1, "2.7"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.2"), (3.0, 2, "3.00"),
        ])
    func fixed(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
    }

    @Test("what is no number says so")
    func odd() {
        #expect(NumberText.fixed(.nan, decimals: 1) == "nan")
        #expect(NumberText.fixed(-.infinity, decimals: 1) == "-inf")
        #expect(NumberText.significant(.infinity) == "inf")
    }

    @Test(
        "a duration takes the unit that fits",
        arguments: [
            (0.0, "0 s"), (3.2e-8, "32.0 ns"), (4.5e-5, "45.0 us"), (0.0123, "12.3 ms"), (4.56, "4.56 s"),
            (240, "4.00 min"),
        ])
    func seconds(value: Double, text: String) {
        #expect(NumberText.seconds(value) == text)
    }

    @Test("a share becomes a percentage, a count gets commas")
    func percentAndCount() {
        #expect(NumberText.percent(0.6344) == "63.4%")
        #expect(NumberText.count(1_234_567) == "1,234,567")
        #expect(NumberText.count(-999) == "-999")
        #expect(NumberText.count(-1000) == "-1,000")
    }
}
