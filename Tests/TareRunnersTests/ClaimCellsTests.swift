import TareCore
import TareExperiment
import Testing

@testable import TareRunners

@Suite("cells of the disk claim")
struct ClaimCellsTests {
    @Test("a guest's share is OS over OS and payload, exact, for each of the four weights")
    func shares() throws {
        var weighing = RunnerFixture.weighing("debian-12-minimal", "flask", os: 139, payload: 60)
        weighing.weights.virtual = .gibibytes(1)
        let cells = ClaimCells.osShare(of: [weighing])
        #expect(cells.map(\.denominator) == ["virtual", "allocated", "used", "wire"])
        let used = try #require(cells.first { $0.denominator == "used" })
        #expect(abs(used.share - 0.695) < 1e-12)
        #expect(used.interval == [used.share, used.share])
        let virtual = try #require(cells.first { $0.denominator == "virtual" })
        #expect(abs(virtual.share - 139.0 / 1024) < 1e-12)
    }

    @Test("bare systems and container images are no cells of a claim about VMs")
    func onlyGuests() {
        let bare = RunnerFixture.weighing("debian-12-minimal", nil, os: 400, payload: 0)
        let image = RunnerFixture.weighing("debian-12-container", "flask", os: 120, payload: 60)
        #expect(ClaimCells.osShare(of: [bare, image]).isEmpty)
    }

    @Test("the claim's scenario reads without a mistake and covers all workloads on both guests")
    func scenario() throws {
        let read = try ScenarioReader.read(text: ClaimScenario.text, file: "claim.yaml")
        #expect(try read.scenario.cells().count == 7 * 2 * 6)
    }
}
