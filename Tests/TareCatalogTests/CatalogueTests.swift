import TareCore
import Testing

@testable import TareCatalog

@Suite("The catalogue's tables")
struct CatalogueTests {
    @Test("a quoted cell may hold commas, line ends and quotes, and rows keep their line")
    func quotes() throws {
        let table = try CSVTable("a,b\n\"x,\n\"\"y\"\"\",2\r\nz,3\n".utf8, subject: "t.csv")
        #expect(table.columns == ["a", "b"])
        #expect(table.rows.map(\.cells) == [["x,\n\"y\"", "2"], ["z", "3"]])
        #expect(table.rows.map(\.line) == [2, 4])
    }

    @Test(
        "a damaged table is refused with its line",
        arguments: [("a,b\n1\n", "t.csv:2"), ("a\n\"x\n", "t.csv:2"), ("a\n\"x\"y\n", "t.csv:2"), ("", "t.csv:1")]
    )
    func damaged(text: String, place: String) {
        let error = #expect(throws: TareError.self) { try CSVTable(text.utf8, subject: "t.csv") }
        #expect(error?.subject == place)
        #expect(error?.code == .corrupt)
    }

    @Test("all 100 instance types are read, and a wrong name gets the nearest")
    func types() throws {
        #expect(try EC2Catalog.all().count == 100)
        let type = try EC2Catalog.type(named: "m6i.metal")
        #expect(type.vcpus == 128 && type.cores == 64 && type.bareMetal && type.memory == .gibibytes(512))
        #expect(type.guestMemTotalMiB == 515_778)
        let error = #expect(throws: TareError.self) { try EC2Catalog.type(named: "m6i.metl") }
        #expect(error?.hint == "did you mean m6i.metal?")
        let nodes = try EC2Catalog.numaNodes(of: "m6i.metal")
        #expect(nodes.value == 2 && nodes.evidence == .assumed)
    }

    @Test(
        "a row's confidence decides its evidence",
        arguments: [
            ("A01", Evidence.published), ("A32", .published), ("J01a", .measured), ("D02a", .assumed),
        ])
    func evidence(id: String, expected: Evidence) throws {
        #expect(try PublishedFigures.figure(id: id).evidence == expected)
        #expect(try PublishedFigures.figure(id: id).source == id)
    }

    @Test("every constant of a profile names rows that exist, or is marked assumed")
    func sources() throws {
        let rows = try PublishedFigures.rows()
        var figures: [Figure] = Array(try EngineProfile.named("engine").constants.values)
        for id in HypervisorProfile.ids { figures += try HypervisorProfile.named(id).constants.values }
        for id in ["linux-4.14-tuned", "debian-12-minimal", "debian-12-cloud"] {
            let guest = try GuestProfile.named(id)
            figures += guest.constants.values
            figures += guest.daemons.values
            for unit in guest.units { figures += [unit.cpu, unit.read, unit.wait] }
        }
        #expect(figures.count > 60)
        for figure in figures {
            guard let source = figure.source else {
                #expect(figure.evidence == .assumed)
                continue
            }
            for id in source.split(separator: ",") { #expect(rows[String(id)] != nil, "no row \(id)") }
        }
    }

    @Test("a unit waits only for units that come before it")
    func units() throws {
        for id in ["debian-12-minimal", "debian-12-cloud"] {
            var seen = Set<String>()
            for unit in try GuestProfile.named(id).units {
                #expect(unit.after.allSatisfy(seen.contains), "\(unit.name)")
                seen.insert(unit.name)
            }
        }
    }

    @Test("stored weighings add up to their own weights")
    func stored() throws {
        for weighing in try StoredWeighings.all() {
            for weight in [DiskWeight.used, .allocated, .wire] {
                let sum = weighing.owners.reduce(ByteCount.zero) { $0 + $1.bytes(by: weight) }
                #expect(sum == weighing.weights[weight], "\(weighing.subject), \(weight)")
            }
            // A guest is weighed as its disk, which has a journal of 64 MiB; a container's root as folders.
            let own = weighing.owners.first { $0.group == .filesystem }?.allocated ?? .zero
            let volume = BaseSystem.builtin(weighing.base ?? "")?.volume
            #expect((own > .mebibytes(64)) == (volume != nil), "\(weighing.subject)")
            #expect(weighing.weights.virtual == volume ?? weighing.weights.used, "\(weighing.subject)")
        }
    }
}
