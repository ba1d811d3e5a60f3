import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareProbe

@Suite("the kernel's tables are read as they are written")
struct ParsingTests {
    static let rollup = """
        55d0c7a00000-7ffc8d5fe000 ---p 00000000 00:00 0                          [rollup]
        Rss:                1824 kB
        Pss:                 311 kB
        Pss_Dirty:           128 kB
        Pss_Anon:            120 kB
        Pss_File:            187 kB
        Pss_Shmem:             4 kB
        Shared_Clean:       1696 kB
        Shared_Dirty:          0 kB
        Private_Clean:         8 kB
        Private_Dirty:       120 kB

        """

    @Test("smaps_rollup: names are compared whole, values are kibibytes")
    func rollup() throws {
        let bytes = Array(Self.rollup.utf8)
        let parsed = ProcessMemory.parse(bytes.span)
        let memory = try #require(parsed)
        #expect(memory.rss == .kibibytes(1824) && memory.pss == .kibibytes(311))
        #expect(memory.pssAnonymous == .kibibytes(120) && memory.pssFile == .kibibytes(187))
        #expect(memory.pssShared == .kibibytes(4) && memory.unshared == .kibibytes(128))
        let short = Array("Rss: 1 kB\n".utf8)
        let nothing = ProcessMemory.parse(short.span)
        #expect(nothing == nil)
    }

    @Test("a table that is cut anywhere gives the lines before the cut", arguments: [0, 90, 120, 200, 450])
    func cut(length: Int) {
        let bytes = Array(Self.rollup.utf8.prefix(length))
        let values = KernelFields(["Rss", "Private_Dirty"]).values(in: bytes.span)
        #expect(values.count == 2)
        #expect((values[0] == .kibibytes(1824)) == (length >= 120))
    }

    @Test("the machine's counters are those of /proc/meminfo")
    func machine() throws {
        var probe = try MachineMemoryProbe()
        let now = try probe.now()
        let text = try FileReading.text(at: "/proc/meminfo")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("MemTotal:") })
        let total = try #require(line.split(separator: " ").compactMap { Int64($0) }.first)
        #expect(now.total == .kibibytes(total))
        #expect(now.available <= now.total && now.kernel > .zero)
        let again = try probe.now()
        #expect(again.total == now.total)
    }

    @Test("a process's name may hold spaces and parentheses")
    func names() throws {
        let text = "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 150 50 25 75 20 0 1 0 4242 1 2"
        let times = try #require(ProcessTimes.parse(text, ticks: 100))
        #expect(times.cpuSeconds == 2 && times.childrenSeconds == 1 && times.started == 4242)
    }

    @Test("a mark names a living process, and no other of the same number")
    func marks() {
        #expect(ProcessTimes.isAlive(mark: ProcessTimes.ownMark()))
        #expect(!ProcessTimes.isAlive(mark: "\(getpid())-1"))
        #expect(!ProcessTimes.isAlive(mark: "nonsense"))
    }

    @Test("the kernel's own memory is its page structures and its image, and a balloon is none of it")
    func reserved() {
        let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
        let zones = "Node 0, zone DMA\n        spanned  4095\n        present  100000\n        managed  99000\n"
        func bytes(_ counters: String, _ zones: String) -> ByteCount {
            HostSystemMemory.reserved(
                counters: counters, regions: "  01000000-01ffffff : Kernel code\n  02400000-027fffff : Kernel data\n",
                zones: zones)
        }
        #expect(bytes("nr_memmap_pages 2\nnr_memmap_boot_pages 10\n", zones) == ByteCount(12 * page + (20 << 20)))
        #expect(bytes("", zones) == ByteCount(1000 * page))
        #expect(bytes("", zones.replacing("99000", with: "60000")) == ByteCount(2000 * page))
    }

    @Test("a noisy host is told, a quiet one is not")
    func noise() throws {
        let before = try #require(HostLoad.parse("cpu  100 0 100 800 0 0 0 0 0 0\n"))
        let busy = try #require(HostLoad.parse("cpu  300 0 200 1500 0 0 0 0 0 0\n")).since(before)
        #expect(busy.busySeconds == 3 && busy.totalSeconds == 10)
        #expect(busy.warning(ownSeconds: 2.9) == nil)
        #expect(busy.warning(ownSeconds: 1)?.contains("20%") == true)
    }

    @Test("a process's proportional memory is at most its resident one, and its parts add up to it")
    func proportional() throws {
        let own = try #require(try ProcessMemory.now(of: getpid()))
        #expect(own.pss <= own.rss && own.unshared <= own.pss && own.pss > .zero)
        #expect(own.pssAnonymous + own.pssFile + own.pssShared <= own.pss + .kibibytes(64))
        #expect(try ProcessMemory.now(of: 999_999_999) == nil)
    }
}
