import TareCore
import Testing

@testable import TareGuests

@Suite struct GuestMemoryTests {
    private static let smaps = """
        7f0000000000-7f0004000000 rw-p 00000000 00:00 0 
        Size:              65536 kB
        Rss:                1000 kB
        Pss:                 900 kB
        Shared_Clean:        100 kB
        Shared_Dirty:         50 kB
        7f0010000000-7f0014000000 rw-p 00000000 fe:00 12   /a file of that length
        Rss:                   8 kB
        Pss:                   4 kB
        7f0020000000-7f0020001000 r-xp 00000000 fe:00 9    /usr/bin/qemu
        Rss:                  16 kB
        Pss:                  16 kB
        Shared_Clean:         16 kB
        """

    @Test("the guest's memory is the anonymous range of its length, and everything else is the rest")
    func ranges() throws {
        let found = try GuestMemoryOutside(smaps: Self.smaps, blocks: [.mebibytes(64)])
        #expect(found.touched == .kibibytes(1000) && found.shared == .kibibytes(150) && found.rest == .kibibytes(20))
        #expect(throws: TareError.self) { try GuestMemoryOutside(smaps: Self.smaps, blocks: [.mebibytes(65)]) }
        #expect(throws: TareError.self) {
            try GuestMemoryOutside(smaps: Self.smaps, blocks: [.mebibytes(64), .mebibytes(64)])
        }
    }

    @Test("what the guest prints of its memory is read, among other lines")
    func inside() {
        var inside = GuestMemoryInside()
        for line in [
            "[    1.0] tare: meminfo MemTotal 223768", "tare: process 1 4444 1200 systemd",
            "tare: process 7 10 5 (udev-worker) x", "tare: process x", "hello", "tare: memory end",
        ] { inside.take(line) }
        #expect(inside.kernel == ["MemTotal": .kibibytes(223_768)])
        #expect(inside.processes.map(\.name) == ["systemd", "(udev-worker) x"])
        #expect(inside.processes.first?.proportional == .kibibytes(4444) && inside.isComplete)
    }

    @Test("a line of the counting plugin that is cut or foreign is refused")
    func marks() throws {
        #expect(try CountedMark("mark 3 1 2 3 4").counts.total == 10)
        #expect(try CountedMark("end 0 1 2 3 4").number == nil)
        for line in ["", "mark 3 1 2 3", "mark x 1 2 3 4", "other 0 1 2 3 4", "mark 3 1 2 3 -4"] {
            #expect(throws: TareError.self) { try CountedMark(line) }
        }
    }
}
