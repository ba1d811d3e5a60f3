import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite(.serialized, .enabled(if: GuestKernels.isThere, GuestKernels.reason)) struct NodeGuestTests {
    @Test("in a guest of four nodes libnuma gives the nodes that were asked for, and numactl agrees")
    func fourNodes() async throws {
        let kernel = try await GuestKernels.kernel()
        let distances = [[10, 12, 21, 23], [12, 10, 23, 21], [21, 23, 10, 14], [23, 21, 14, 10]]
        let nodes = (0..<4).map {
            GuestNode(memory: .mebibytes($0 == 3 ? 192 : 128), cpus: $0...$0, distances: distances[$0])
        }
        let found = try NodeGuest.run(nodes, kernel: kernel, accelerator: .emulated, cache: GuestKernels.cache)
        #expect(found.nodes.map(\.id) == [0, 1, 2, 3])
        #expect(found.nodes.map(\.cpus) == [[0], [1], [2], [3]])
        #expect(found.nodes.map(\.distances) == distances)
        for (node, asked) in zip(found.nodes, nodes) {
            // The kernel keeps some of a node for itself.
            #expect(node.memory.bytes <= asked.memory.bytes && node.memory.bytes > asked.memory.bytes * 3 / 5)
        }
        guard ToolSearch.find("numactl") != nil else { return }
        #expect(found.hardware.first == "available: 4 nodes (0-3)")
        for node in found.nodes {
            #expect(
                found.hardware.contains("node \(node.id) cpus: \(node.cpus.map(String.init).joined(separator: " "))"))
            #expect(found.hardware.contains("node \(node.id) size: \(node.memory.bytes >> 20) MB"))
            let row = found.hardware.first { $0.split(separator: " ").first == "\(node.id):" }
            #expect(row?.split(separator: " ").dropFirst().compactMap { Int($0) } == node.distances)
        }
    }
}
