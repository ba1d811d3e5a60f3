import TareCore
import Testing

@Suite("digests")
struct DigestTests {
    private let hex = String(repeating: "0a", count: 32)

    @Test("reads and writes sha256 and 64 lower-case digits")
    func roundTrip() {
        let digest = Digest("sha256:" + hex)
        #expect(digest?.hex == hex)
        #expect(digest?.description == "sha256:" + hex)
        #expect(Digest(bytes: [UInt8](repeating: 10, count: 32)) == digest)
    }

    @Test(
        "refuses what is not one",
        arguments: [
            "", "sha256:", "sha512:00", "sha256:" + String(repeating: "0A", count: 32),
            "sha256:" + String(repeating: "0", count: 63),
        ])
    func refused(text: String) {
        #expect(Digest(text) == nil)
        #expect(throws: TareError.self) {
            _ = try JSONText.decode([Digest].self, from: "[\"\(text)\"]", subject: "test")
        }
    }
}
