import FoundationEssentials
import Synchronization
import TareCore
import TareExperiment
import TareLinux
import TareStatistics
import Testing

@Suite struct ExperimentTests {
    @Test("the bytes of a dataset do not depend on the number of threads")
    func threads() async throws {
        let fixture = try RunFixture()
        defer { fixture.remove() }
        let one = try fixture.folder("one")
        let five = try fixture.folder("five")
        let result = try await fixture.experiment(threads: 1).run(in: one)
        _ = try await fixture.experiment(threads: 5).run(in: five)
        #expect(try fixture.dataset(one) == fixture.dataset(five))
        #expect(try FileReading.bytes(at: one.journal) == FileReading.bytes(at: five.journal))
        #expect(result.state == .complete)
        #expect(one.state() == .complete)
    }

    @Test("a run cut at any byte of its journal and resumed has the same dataset")
    func anyCut() async throws {
        let fixture = try RunFixture()
        defer { fixture.remove() }
        let whole = try fixture.folder("whole")
        _ = try await fixture.experiment().run(in: whole)
        let journal = try FileReading.bytes(at: whole.journal)
        let expected = try fixture.dataset(whole)
        var generator = SeededGenerator(seed: 11)
        for round in 0..<20 {
            let cut = try fixture.folder("cut\(round)")
            try AtomicFile.write(cut.journal, Array(journal.prefix(generator.index(below: journal.count + 1))))
            #expect(cut.state() == .unfinished)
            _ = try await fixture.experiment(threads: 1 + round % 3).run(in: cut)
            #expect(try fixture.dataset(cut) == expected)
            #expect(try FileReading.bytes(at: cut.journal) == journal)
        }
    }

    @Test("an interrupt keeps what is finished, and the rest comes with the next session")
    func interrupt() async throws {
        let fixture = try RunFixture()
        defer { fixture.remove() }
        let folder = try fixture.folder("stopped")
        let asked = Mutex(0)
        let first = try await fixture.experiment().run(in: folder) {
            asked.withLock { count in
                count += 1
                return count > 10 ? .interrupted : nil
            }
        }
        #expect(first.state == .interrupted)
        #expect(folder.state().canResume)
        #expect(try AppendOnlyFile.lines(at: folder.journal).count == 10)
        #expect(try folder.readDataset().samples.count == 10 * 12)
        let second = try await fixture.experiment().run(in: folder)
        #expect(second.state == .complete)
        let other = try fixture.folder("whole")
        _ = try await fixture.experiment().run(in: other)
        #expect(try fixture.dataset(folder) == fixture.dataset(other))
    }

    @Test("a failed replication is listed and the other platform's samples are kept")
    func failure() async throws {
        let fixture = try RunFixture()
        defer { fixture.remove() }
        let folder = try fixture.folder("failed")
        let cell = "n=2,os=debian-12-cloud"
        let vm = SeededRunner(platform: .vm, failing: [cell])
        let result = try await fixture.experiment(vm: vm).run(in: folder)
        #expect(result.state == .partial)
        #expect(result.state.exitCode == .partial)
        let expected = CellFailure(
            cell: cell, replication: 1, platform: .vm, reason: "guest: ran out of memory")
        #expect(result.failures == [expected])
        let kept = try folder.readDataset().samples.filter { $0.cell == cell && $0.replication == 1 }
        #expect(Set(kept.map(\.platform)) == [.container])
    }

    @Test("a refused cell is reported before anything runs")
    func refusal() throws {
        let fixture = try RunFixture()
        let vm = SeededRunner(platform: .vm, refused: ["n=5,os=debian-12-cloud"])
        let error = #expect(throws: TareError.self) { try fixture.experiment(vm: vm).check() }
        #expect(error?.code == .exhausted)
        #expect(error?.causes.first?.subject == "n=5,os=debian-12-cloud, vm: memory")
    }

    @Test("a second process is refused while one writes the run")
    func lock() async throws {
        let fixture = try RunFixture()
        defer { fixture.remove() }
        let folder = try fixture.folder("locked")
        let holder = try AppendOnlyFile(folder.journal)
        #expect(folder.state() == .running)
        await #expect(throws: TareError.self) { _ = try await fixture.experiment().run(in: folder) }
        #expect(throws: TareError.self) { try folder.remove() }
        _ = consume holder
        #expect(folder.state() == .unfinished)
    }

    @Test("a stopping rule adds replications only until every cell is precise", arguments: [0.2, 0.0001])
    func precision(_ width: Double) async throws {
        var fixture = try RunFixture()
        defer { fixture.remove() }
        fixture.scenario.run.stopWhen = RunSettings.StopRule(halfWidth: width, most: 20)
        let folder = try fixture.folder("precise")
        let result = try await fixture.experiment(threads: 2).run(in: folder)
        #expect(result.state == (width > 0.1 ? .complete : .imprecise))
        #expect(result.estimates.map(\.n).max() == (width > 0.1 ? 8 : 20))
        #expect(result.state.exitCode == (width > 0.1 ? .done : .imprecise))
    }

    @Test("a stopping rule watches the quantities that it names, and else those of the claims")
    func watched() async throws {
        var fixture = try RunFixture()
        defer { fixture.remove() }
        let noisy = SeededRunner(platform: .vm, spread: 2)
        func replications(_ name: String) async throws -> Int? {
            let folder = try fixture.folder(name)
            return try await fixture.experiment(vm: noisy).run(in: folder).estimates.map(\.n).max()
        }
        fixture.scenario.run.stopWhen = RunSettings.StopRule(halfWidth: 0.05, most: 13)
        #expect(try await replications("all") == 13)
        fixture.scenario.run.stopWhen?.quantities = ["disk.used"]
        #expect(try await replications("named") == 8)
        fixture.scenario.run.stopWhen?.quantities = nil
        let claim = DeclaredClaim(
            id: "a", text: "a", quantity: "share(os, disk.used)", band: [0.6, 0.7], scope: [:])
        fixture.scenario.claims = [claim]
        #expect(try await replications("claimed") == 8)
    }

    @Test("warm-ups are run and not kept")
    func warmUp() async throws {
        var fixture = try RunFixture()
        defer { fixture.remove() }
        let plain = try fixture.folder("plain")
        _ = try await fixture.experiment().run(in: plain)
        fixture.scenario.run.discard = 2
        let warmed = try fixture.folder("warmed")
        _ = try await fixture.experiment().run(in: warmed)
        #expect(try fixture.dataset(plain) == fixture.dataset(warmed))
        #expect(try AppendOnlyFile.lines(at: warmed.journal).count == 6 * 10)
    }
}
