import FoundationEssentials
import TareCore
import TareLinux
import Testing

@testable import TareWeigh

@Suite("Hostile disks", .enabled(if: Tool.isThere("mke2fs"), "mke2fs is not installed"))
struct HostileDiskTests {
    @Test("flipped bits give an error or a tree, never a crash", arguments: ["ext4", "ext2", "ext4 -O inline_data"])
    func flips(_ kind: String) throws {
        let sample = try SampleTree()
        try sample.plant(many: 150, noise: 60_000)
        try sample.run("mke2fs -q -t \(kind) -b 1024 -N 512 -d tree disk 2M")
        let bytes = try FileReading.bytes(at: sample.folder + "/disk")
        // Flip what is in use: blocks of zeros say nothing.
        let live = (0..<1 << 19).filter { bytes[$0] != 0 }
        var random = Seeded(42)
        var codes: [TareError.Code?: Int] = [:]
        for round in 0..<400 {
            var disk = MemoryDisk(bytes: bytes)
            for _ in 0..<(round % 4 + 1) {
                let place =
                    round % 3 == 0
                    ? Int.random(in: 1024..<1400, using: &random) : live.randomElement(using: &random) ?? 0
                disk.bytes[place] ^= round % 2 == 0 ? 1 << UInt8.random(in: 0..<8, using: &random) : 0xFF
            }
            let damaged = disk
            let code = Exhaust.code { () throws(TareError) in try VolumeReader(damaged) }
            #expect(Exhaust.allowed.contains(code), "round \(round): \(code?.name ?? "")")
            codes[code, default: 0] += 1
        }
        #expect(codes[.corrupt] ?? 0 > 10, "\(codes)")
        #expect(codes[nil] ?? 0 > 10, "\(codes)")
    }

    @Test("a cut disk is corrupt wherever it was cut")
    func cut() throws {
        let sample = try SampleTree()
        try sample.run("mkdir tree && echo hi > tree/a && mke2fs -q -t ext4 -b 1024 -d tree disk 2M")
        let bytes = try FileReading.bytes(at: sample.folder + "/disk")
        for count in [0, 1, 1023, 1024, 1500, 2048, 4096, 100_000, (2 << 20) - 1] {
            let disk = MemoryDisk(bytes: Array(bytes[..<count]))
            #expect(Exhaust.code { () throws(TareError) in try VolumeReader(disk) } == .corrupt, "\(count)")
        }
    }

    @Test("a directory inside itself is told as a loop")
    func directoryLoop() throws {
        let sample = try SampleTree()
        try sample.run(
            "mkdir -p tree/a/b && mke2fs -q -t ext4 -d tree disk 4M && debugfs -w -R 'link a a/b/c' disk")
        #expect {
            _ = try DiskReader(sample.folder + "/disk").tree()
        } throws: {
            guard let error = $0 as? TareError else { return false }
            return error.code == .corrupt && error.message.contains("loop")
        }
    }

    @Test("an extent tree that uses a block twice or lies about its depth is corrupt")
    func extents() throws {
        let sample = try SampleTree()
        try sample.run("mke2fs -q -t ext4 -b 1024 disk 2M")
        var disk = MemoryDisk(bytes: try FileReading.bytes(at: sample.folder + "/disk"))
        let child = 1900
        for (depth, word) in [(0, "twice"), (3, "depth")] {
            Self.node(&disk.bytes, child * 1024, depth: depth, entries: [])
            let volume = try Ext4Volume(disk)
            var inode = [UInt8](repeating: 0, count: 256)
            Tables.put(&inode, 0, 0x81A4, 2)
            Tables.put(&inode, 4, 100_000, 4)
            Tables.put(&inode, 0x20, 0x80000, 4)
            Self.node(&inode, 0x28, depth: 1, entries: [(0, child), (8, child)])
            let made = try Ext4Inode(
                20, Fields(bytes: inode, subject: "memory", what: "inode 20"), volume.superblock)
            #expect {
                try volume.runs(of: made) { (_) throws(TareError) in }
            } throws: {
                ($0 as? TareError)?.message.contains(word) == true
            }
        }
    }

    @Test(
        "a damaged qcow2 disk gives an error or a tree, never a crash",
        .enabled(if: Tool.isThere("qemu-img"), "qemu-img is not installed"), arguments: ["", "-c"])
    func qcow2(_ options: String) throws {
        let sample = try SampleTree()
        try sample.plant(many: 20, noise: 60_000)
        try sample.run("mke2fs -q -t ext4 -b 1024 -N 128 -d tree disk 4M")
        try sample.run("qemu-img convert -f raw -O qcow2 -o cluster_size=4k \(options) disk q")
        let bytes = try FileReading.bytes(at: sample.folder + "/q")
        let live = bytes.indices.filter { bytes[$0] != 0 }
        var random = Seeded(43)
        var codes: [TareError.Code?: Int] = [:]
        for round in 0..<200 {
            var damaged = bytes
            let place =
                round % 2 == 0 ? Int.random(in: 4..<112, using: &random) : live.randomElement(using: &random) ?? 4
            damaged[place] ^= round % 3 == 0 ? 0xFF : 1 << UInt8.random(in: 0..<8, using: &random)
            try sample.write("damaged", damaged)
            let path = sample.folder + "/damaged"
            let code = Exhaust.code { () throws(TareError) in try DiskReader(path) }
            #expect(Exhaust.allowed.contains(code), "round \(round): \(code?.name ?? "")")
            codes[code, default: 0] += 1
        }
        #expect(codes[.corrupt] ?? 0 > 20, "\(codes)")
    }

    private static func node(_ bytes: inout [UInt8], _ place: Int, depth: Int, entries: [(Int, Int)]) {
        Tables.put(&bytes, place, 0xF30A, 2)
        Tables.put(&bytes, place + 2, UInt64(entries.count), 2)
        Tables.put(&bytes, place + 4, 4, 2)
        Tables.put(&bytes, place + 6, UInt64(depth), 2)
        for (number, entry) in entries.enumerated() {
            Tables.put(&bytes, place + 12 + number * 12, UInt64(entry.0), 4)
            Tables.put(&bytes, place + 16 + number * 12, UInt64(entry.1), 6)
        }
    }
}
