import FoundationEssentials
import TareCore
import TareLinux
import Testing

@testable import TareWeigh

@Suite("TarReader")
struct TarReaderTests {
    @Test(
        "an archive gives the tree that it was made from",
        arguments: ["-cf t", "-czf t", "--zstd -cf t", "-cJf t", "--format=posix --sparse -cf t", "--format=gnu -cf t"])
    func formats(_ options: String) throws {
        let sample = try SampleTree()
        try sample.plant(many: 100)
        try sample.run("tar \(options) -C tree .")
        let reader = try SubjectReader.open(sample.folder + "/t")
        #expect(reader.kind == "tar")
        TreeFacts.expectSame(
            try TreeFacts(reader), try TreeFacts(DirectoryReader(root: sample.folder + "/tree")), options)
        let length = try FileReading.bytes(at: sample.folder + "/t").count
        let isPlain = !["z", "J", "zstd"].contains { options.contains("-c\($0)") || options.contains("--\($0)") }
        #expect(try reader.tree().wire == (isPlain ? nil : Int64(length)))
    }

    @Test("a file that climbs out of the archive is refused")
    func climbing() throws {
        let sample = try SampleTree()
        try sample.run("mkdir in && echo x > out && tar -P -C in -cf t ../out")
        #expect { try TarReader(sample.folder + "/t").tree() } throws: { ($0 as? TareError)?.code == .corrupt }
    }

    @Test("one file is read alone, and two names of one file are each given as a whole")
    func alone() throws {
        let sample = try SampleTree()
        try sample.plant(many: 3)
        try sample.run("tar -cf t -C tree .")
        let reader = TarReader(sample.folder + "/t")
        let tree = try reader.tree()
        let names = try ["/tiny", "/etc/second"].map { try #require(tree.index[$0]) }
        #expect(
            try reader.contents(of: names, in: tree).map { String(decoding: $0, as: UTF8.self) }
                == ["0123456789", "0123456789"])
        #expect(try reader.contents(of: "/etc/short", in: tree) == Array("sample\n".utf8))
    }

    @Test(
        "a damaged or cut archive gives an error or a tree, never a crash",
        arguments: ["-cf t", "-czf t", "--zstd -cf t"])
    func damage(_ options: String) throws {
        let sample = try SampleTree()
        try sample.plant(many: 20, noise: 60_000)
        try sample.run("rm tree/sparse && tar \(options) -C tree .")
        let bytes = try FileReading.bytes(at: sample.folder + "/t")
        var random = Seeded(44)
        var codes: [TareError.Code?: Int] = [:]
        let path = sample.folder + "/damaged"
        for round in 0..<150 {
            var damaged = bytes
            if round % 5 == 0 { damaged = Array(damaged[..<Int.random(in: 1..<bytes.count, using: &random)]) }
            for _ in 0..<(round % 3) { damaged[Int.random(in: damaged.indices, using: &random)] ^= 0x5A }
            try sample.write("damaged", damaged)
            let code = Exhaust.code { () throws(TareError) in TarReader(path) }
            #expect(Exhaust.allowed.contains(code), "round \(round): \(code?.name ?? "")")
            codes[code, default: 0] += 1
        }
        #expect(codes[.corrupt] ?? 0 > 5, "\(codes)")
    }
}
