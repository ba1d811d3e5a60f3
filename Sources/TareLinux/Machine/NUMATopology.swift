import CNuma
import CTareLinux
import TareCore

/// The machine's memory nodes as libnuma sees them.
public struct NUMATopology: Codable, Sendable, Hashable {
    /// One node.
    public struct Node: Codable, Sendable, Hashable {
        /// The kernel's number; numbers may have gaps.
        public var id: Int
        /// The CPUs of the node.
        public var cpus: [Int]
        /// The node's memory; zero for a node of CPUs only, or where libnuma does not work here.
        public var memory: ByteCount
        /// Distances to the nodes in the order of `nodes`; 10 is local (ACPI SLIT).
        public var distances: [Int]

        enum CodingKeys: String, CodingKey {
            case id, cpus, distances
            case memory = "memory_bytes"
        }
    }

    /// The nodes by number; at least one.
    public var nodes: [Node]
    /// Whether the kernel told; otherwise one node with the CPUs that this process may use is assumed.
    public var isFromKernel: Bool

    enum CodingKeys: String, CodingKey {
        case nodes
        case isFromKernel = "from_kernel"
    }

    /// Reads the topology; some microseconds a CPU.
    public static func current() -> NUMATopology {
        guard numa_available() >= 0 else {
            let cpus = Array(0..<Int(tare_allowed_cpus()))
            return NUMATopology(
                nodes: [Node(id: 0, cpus: cpus, memory: .zero, distances: [10])],
                isFromKernel: false
            )
        }
        var memory: [(id: Int32, bytes: Int64)] = []
        for id in 0...max(numa_max_node(), 0) {
            let bytes = numa_node_size64(id, nil)
            if bytes >= 0 { memory.append((id, bytes)) }
        }
        var cpus: [Int32: [Int]] = [:]
        for cpu in 0..<max(numa_num_configured_cpus(), 0) {
            cpus[numa_node_of_cpu(cpu), default: []].append(Int(cpu))
        }
        let nodes = memory.map { node in
            Node(
                id: Int(node.id),
                cpus: cpus[node.id] ?? [],
                memory: ByteCount(node.bytes),
                distances: memory.map { Int(numa_distance(node.id, $0.id)) }
            )
        }
        return NUMATopology(nodes: nodes, isFromKernel: true)
    }
}
