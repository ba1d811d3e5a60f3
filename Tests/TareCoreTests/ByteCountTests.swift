import TareCore
import Testing

@Suite("byte counts")
struct ByteCountTests {
    @Test(
        "prints three figures and a binary unit",
        arguments: [
            (0, "0 B"), (512, "512 B"), (1023, "1023 B"), (1024, "1.00 KiB"), (1_610_612_736, "1.50 GiB"),
            (1_048_575, "1.00 MiB"), (-2048, "-2.00 KiB"),
        ] as [(Int64, String)])
    func description(bytes: Int64, text: String) {
        #expect(ByteCount(bytes).description == text)
    }

    @Test("a share of nothing is no share")
    func share() {
        #expect(ByteCount(1).share(of: .zero) == nil)
        #expect(ByteCount.mebibytes(3).share(of: .mebibytes(4)) == 0.75)
    }

    @Test("is written as a bare integer and read back")
    func coding() throws {
        let text = try JSONText.encode(["used_bytes": ByteCount.kibibytes(3)], pretty: false)
        #expect(text == #"{"used_bytes":3072}"#)
        #expect(try JSONText.decode([String: ByteCount].self, from: text, subject: "test")["used_bytes"]?.bytes == 3072)
    }

    @Test("adds, subtracts and multiplies exactly")
    func arithmetic() {
        var sum = ByteCount.gibibytes(1) + .mebibytes(1)
        sum -= ByteCount(1)
        sum += ByteCount(2)
        #expect(sum.bytes == (1 << 30) + (1 << 20) + 1)
        #expect((ByteCount(5) * 3 - ByteCount(20)).bytes == -5)
        #expect(ByteCount(5) < ByteCount(6))
    }
}
