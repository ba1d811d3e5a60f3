import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareWeigh

@Suite("DiskReader", .enabled(if: Tool.isThere("mke2fs"), "mke2fs is not installed"))
struct DiskReaderTests {
    @Test(
        "a made file system gives the tree that it was made from",
        arguments: [
            "-t ext4", "-t ext4 -b 1024", "-t ext4 -O ^extents,^64bit", "-t ext2", "-t ext2 -b 1024 -I 128", "-t ext3",
            "-t ext4 -O inline_data", "-t ext4 -O meta_bg,^resize_inode -b 1024", "-t ext4 -O bigalloc -C 16384",
        ])
    func kinds(_ options: String) throws {
        let sample = try SampleTree()
        try sample.plant()
        // mke2fs 1.47 cuts a file's last hole off where inline data are on.
        if options.contains("inline") { try sample.run("rm tree/sparse") }
        try sample.run("mke2fs -q \(options) -d tree disk 64M")
        let disk = sample.folder + "/disk"
        let reader = try SubjectReader.open(disk)
        #expect(reader.kind == "ext4")
        TreeFacts.expectSame(
            try TreeFacts(reader), try TreeFacts(DirectoryReader(root: sample.folder + "/tree")), options)
        let tree = try reader.tree()
        #expect(tree.virtual == 64 << 20)
        #expect(tree.hostAllocated ?? 0 < 64 << 20)
        // The file system's own count: used blocks are those of the inodes and the rest.
        try sample.run(
            "tune2fs -l disk | sed -nE 's/^(Block count|Free blocks|Block size): *//p' | tr '\\n' ' ' > facts")
        let facts = try FileReading.text(at: sample.folder + "/facts").split(separator: " ").compactMap { Int64($0) }
        let used = (facts[0] - facts[1]) * facts[2]
        var links: Set<Int> = []
        let owned = tree.nodes.filter { $0.link.map { links.insert($0).inserted } ?? true }.map(\.allocated)
        #expect(tree.metadata > 0)
        #expect(tree.metadata + owned.reduce(0, +) == used)
        // And the host's: what is on it beyond the inodes' blocks is the file system's.
        #expect(tree.owned == owned.reduce(0, +))
        // A cluster that is written in part only is not all on the host.
        if !options.contains("bigalloc") {
            #expect(tree.metadataOnHost + owned.reduce(0, +) == tree.hostAllocated)
        }
        let noise = try #require(tree.nodes.first { $0.path == "/noise" })
        #expect(noise.allocated >= 700_001)
        if let sparse = tree.nodes.first(where: { $0.path == "/sparse" }) { #expect(sparse.allocated < 100_000) }
    }

    @Test("a disk weighs what its tree weighs, and the file system's own blocks besides")
    func weighed() throws {
        let sample = try SampleTree()
        try sample.plant(many: 50)
        let names = "tree/var/lib/dpkg"
        try sample.write(
            "\(names)/status", Array("Package: p\nStatus: install ok installed\nEssential: yes\n\n".utf8))
        try sample.write("\(names)/info/p.list", Array("/noise\n/inside\n".utf8))
        try sample.run("mke2fs -q -t ext4 -d tree disk 256M")
        let disk = try Weigher(threads: 2).weigh(sample.folder + "/disk")
        let tree = try Weigher(threads: 1).weigh(sample.folder + "/tree")
        #expect(disk.weighing.weights.virtual == .mebibytes(256))
        #expect(disk.weighing.weights.used == tree.weighing.weights.used)
        #expect(disk.weighing.weights.wire == tree.weighing.weights.wire)
        let rows = { (result: WeighingResult) in
            result.weighing.owners.filter { $0.used > .zero }.map {
                "\($0.owner) \($0.group) \($0.files) \($0.used.bytes) \($0.wire.bytes)"
            }
        }
        #expect(rows(disk) == rows(tree))
        #expect(rows(disk).count > 1)
        let allocated = disk.weighing.owners.reduce(ByteCount.zero) { $0 + $1.allocated }
        #expect(allocated == disk.weighing.weights.allocated)
        var facts = stat()
        #expect(stat(sample.folder + "/disk", &facts) == 0)
        #expect(Int64(facts.st_blocks) * 512 == allocated.bytes)
        let own = disk.weighing.owners.first { $0.group == .filesystem }
        // The journal alone is 8 MiB.
        #expect(own?.owner == .os && own?.allocated ?? .zero > .mebibytes(8))
    }

    @Test(
        "a qcow2 disk gives the tree of the raw disk",
        .enabled(if: Tool.isThere("qemu-img"), "qemu-img is not installed"),
        arguments: ["", "-c", "-c -o compression_type=zstd", "-o compat=0.10", "-o cluster_size=4k"])
    func qcow2(_ options: String) throws {
        let sample = try SampleTree()
        try sample.plant(many: 50)
        try sample.run("mke2fs -q -t ext4 -d tree disk 32M && qemu-img convert -f raw -O qcow2 \(options) disk q")
        let reader = try SubjectReader.open(sample.folder + "/q")
        #expect(reader.kind == "qcow2")
        TreeFacts.expectSame(
            try TreeFacts(reader), try TreeFacts(DirectoryReader(root: sample.folder + "/tree")), options)
        #expect(try reader.tree().virtual == 32 << 20)
    }

    @Test(
        "a qcow2 disk shows its backing files where it has nothing of its own",
        .enabled(if: Tool.isThere("qemu-img"), "qemu-img is not installed"))
    func backing() throws {
        let sample = try SampleTree()
        try sample.plant(many: 50)
        try sample.run(
            """
            mke2fs -q -t ext4 -d tree disk 32M && cp disk old && printf x > one && \
            debugfs -w -R 'write one added' disk && mkdir -p sub && \
            qemu-img create -q -f qcow2 -F raw -b ../old sub/middle && \
            qemu-img convert -q -f raw -O qcow2 -F qcow2 -B middle disk sub/top || \
            (cd sub && qemu-img convert -q -f raw -O qcow2 -F qcow2 -B middle ../disk top)
            """)
        TreeFacts.expectSame(
            try TreeFacts(DiskReader(sample.folder + "/sub/top")), try TreeFacts(DiskReader(sample.folder + "/disk")),
            "backing")
        #expect(try DiskReader(sample.folder + "/sub/top").tree().index["/added"] != nil)
        #expect(try DiskReader(sample.folder + "/sub/middle").tree().index["/added"] == nil)
    }

    @Test(
        "a chain of backing files that leads to itself ends",
        .enabled(if: Tool.isThere("qemu-img"), "qemu-img is not installed"))
    func backingLoop() throws {
        let sample = try SampleTree()
        try sample.run("qemu-img create -q -f qcow2 a 1M && qemu-img rebase -q -u -f qcow2 -F qcow2 -b a a")
        #expect { try DiskReader(sample.folder + "/a") } throws: { ($0 as? TareError)?.code == .corrupt }
    }

    @Test("the root partition is found", arguments: ["gpt", "mbr", "logical"])
    func partitions(_ kind: String) throws {
        let sample = try SampleTree()
        try sample.plant(many: 20)
        try sample.run("mke2fs -q -t ext4 -d tree part 16M && mke2fs -q -t ext2 other 20M && truncate -s 48M disk")
        try sample.run("dd if=other of=disk bs=1M seek=1 conv=notrunc && dd if=part of=disk bs=1M seek=24 conv=notrunc")
        var bytes = try FileReading.bytes(at: sample.folder + "/disk")
        switch kind {
        case "gpt": Tables.guid(&bytes, [(2048, 40960, false), (24 * 2048, 16 * 2048, true)])
        case "mbr":
            Tables.record(&bytes, at: 0, [(0x07, 2048, 40960), (0x83, 24 * 2048, 16 * 2048)])
        default:
            Tables.record(&bytes, at: 0, [(0x05, 2048, 47 * 2048)])
            Tables.record(&bytes, at: 2048 * 512, [(0x83, 23 * 2048, 16 * 2048)])
        }
        try sample.write("disk", bytes)
        let reader = try SubjectReader.open(sample.folder + "/disk")
        #expect(reader.kind == "disk")
        TreeFacts.expectSame(
            try TreeFacts(reader), try TreeFacts(DirectoryReader(root: sample.folder + "/tree")), kind)
    }

    @Test("a disk without ext4, and one that was cut off, are told as such")
    func refused() throws {
        let sample = try SampleTree()
        try sample.run("mke2fs -q -t ext4 disk 8M && truncate -s 6M disk && truncate -s 1M zeros")
        #expect { try DiskReader(sample.folder + "/disk") } throws: { ($0 as? TareError)?.code == .corrupt }
        #expect { try DiskReader(sample.folder + "/zeros") } throws: { ($0 as? TareError)?.code == .unsupported }
        #expect { try SubjectReader.open(sample.folder + "/zeros") } throws: { ($0 as? TareError)?.code == .invalid }
    }
}

/// Writes partition tables.
enum Tables {
    static func record(_ bytes: inout [UInt8], at place: Int, _ entries: [(UInt8, UInt32, UInt32)]) {
        for (number, entry) in entries.enumerated() {
            let at = place + 446 + number * 16
            bytes[at + 4] = entry.0
            put(&bytes, at + 8, UInt64(entry.1), 4)
            put(&bytes, at + 12, UInt64(entry.2), 4)
        }
        bytes[place + 510] = 0x55
        bytes[place + 511] = 0xAA
    }

    static func guid(_ bytes: inout [UInt8], _ entries: [(UInt64, UInt64, Bool)]) {
        record(&bytes, at: 0, [(0xEE, 1, 0xFFFF_FFFF)])
        bytes.replaceSubrange(512..<520, with: Array("EFI PART".utf8))
        put(&bytes, 512 + 72, 2, 8)
        put(&bytes, 512 + 80, 128, 4)
        put(&bytes, 512 + 84, 128, 4)
        let root: [UInt8] = [
            0xE3, 0xBC, 0x68, 0x4F, 0xCD, 0xE8, 0xB1, 0x4D, 0x96, 0xE7, 0xFB, 0xCA, 0xF9, 0x84, 0xB7, 9,
        ]
        for (number, entry) in entries.enumerated() {
            let at = 1024 + number * 128
            bytes.replaceSubrange(at..<at + 16, with: entry.2 ? root : [UInt8](repeating: 0xAF, count: 16))
            put(&bytes, at + 32, entry.0, 8)
            put(&bytes, at + 40, entry.0 + entry.1 - 1, 8)
        }
    }

    static func put(_ bytes: inout [UInt8], _ place: Int, _ value: UInt64, _ count: Int) {
        for byte in 0..<count { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
    }
}
