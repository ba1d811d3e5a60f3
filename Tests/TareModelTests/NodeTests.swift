import TareCatalog
import TareCore
import Testing

@testable import TareModel

@Suite("NUMA nodes")
struct NodeTests {
    private func run(
        _ count: Int, _ arm: ModelInput.Arm, _ policy: MemoryPolicy, memory: ByteCount = .gibibytes(64),
        guest: ByteCount = .gibibytes(1)
    ) throws(TareError) -> ModelOutcome {
        let host = HostSpec(name: "two", cores: 96, memory: memory, numaNodes: 2)
        return try Model.run(
            ModelInput(
                host: host, arm: arm, services: [Sample.service(count, memory: guest)], seed: 3, variation: 0,
                memoryPolicy: policy))
    }

    @Test("the classes of page frames add up to every node's memory, exactly", arguments: MemoryPolicy.allCases)
    func sums(policy: MemoryPolicy) throws {
        for arm in Sample.arms {
            let outcome = try run(17, arm, policy)
            #expect(outcome.nodes.count == 2)
            for node in outcome.nodes {
                #expect(node.classes.values.reduce(.zero, +) == node.memory)
                #expect(node.classes.values.allSatisfy { $0 >= .zero })
            }
        }
    }

    @Test("page structs are 1.6% of a container host's memory, a class of their own")
    func pageStructs() throws {
        let outcome = try run(5, .container(ContainerPlatformSpec()), .localFirst, memory: .gibibytes(512))
        let sum = outcome.nodes.reduce(ByteCount.zero) { $0 + ($1.classes[.pageStructs] ?? .zero) }
        #expect(sum == .gibibytes(8))
        #expect(outcome.hostMemory.first { $0.part == "host:page-structs" }?.weights.pss == .gibibytes(8))
    }

    @Test("what is resident is in the classes: a Nitro guest in large pages, a demand-paged one in its own")
    func classes() throws {
        let nitro = try run(4, Sample.arms[0], .bind)
        let huge = nitro.nodes.reduce(ByteCount.zero) { $0 + ($1.classes[.huge] ?? .zero) }
        #expect(huge + (nitro.nodes.reduce(ByteCount.zero) { $0 + ($1.classes[.vmm] ?? .zero) }) == .gibibytes(4))
        let qemu = try run(4, Sample.arms[1], .bind)
        #expect(qemu.nodes.allSatisfy { $0.classes[.huge] == nil })
        #expect(qemu.nodes.contains { ($0.classes[.pageTables] ?? .zero) > .zero })
    }

    @Test("interleaved memory makes CPU work slower than local memory by the distance's part")
    func cost() throws {
        let arm = Sample.arms[0]
        let local = try run(1, arm, .localFirst)
        let spread = try run(1, arm, .interleave)
        // Half of all accesses at distance 21: 1 + 0.2 x (1.55 - 1).
        #expect(abs(spread.work.coreSeconds / local.work.coreSeconds - 1.11) < 1e-3)
        let near = try #require(local.instances[0].marks[.firstResponse])
        let far = try #require(spread.instances[0].marks[.firstResponse])
        #expect(far > near)
    }

    @Test("bound guests do not start where a node has no room, and local-first ones spill over")
    func bind() throws {
        // Two nodes of 8 GiB: a 5 GiB guest each, and 6 GiB are left in two halves.
        let bound = try run(3, Sample.arms[0], .bind, memory: .gibibytes(16), guest: .gibibytes(5))
        let spilled = try run(3, Sample.arms[0], .localFirst, memory: .gibibytes(16), guest: .gibibytes(5))
        #expect(bound.services[0].ready == 2)
        #expect(spilled.services[0].ready == 3)
        #expect(spilled.work.coreSeconds / 3 > bound.work.coreSeconds / 2)
    }

    @Test("one node costs nothing, whatever the policy", arguments: MemoryPolicy.allCases)
    func oneNode(policy: MemoryPolicy) throws {
        let input = ModelInput(
            host: Sample.host(), arm: Sample.arms[1], services: [Sample.service(9)], seed: 3, memoryPolicy: policy)
        var plain = input
        plain.memoryPolicy = .localFirst
        #expect(try Model.run(input).instances == Model.run(plain).instances)
    }
}
