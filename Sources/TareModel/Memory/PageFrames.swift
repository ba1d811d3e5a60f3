import TareCore

/// Distributes what is resident on a host over its NUMA nodes, by class of page frames.
///
/// The host's own pages lie on every node in proportion to its size (page structs lie on the node that they describe);
/// an instance's lie where the placement put them. File pages give way where a node has no room.
enum PageFrames {
    /// The nodes by class.
    ///
    /// - Parameters:
    ///   - host: the nodes.
    ///   - memory: the host's rows and the service that each belongs to (-1 for the host's own).
    ///   - carved: whether guests' memory is assigned as a whole.
    ///   - placed: bytes by service and node, as the starts took them.
    /// - Returns: one entry a node; each adds up to its memory exactly.
    /// - Complexity: O(rows x nodes).
    static func nodes(of host: HostSpec, memory: HostMemory, carved: Bool, placed: [Int64]) -> [NodeOutcome] {
        let count = host.nodes.count
        let total = max(1, host.nodes.reduce(0) { $0 + $1.memory.doubleValue })
        let even = host.nodes.map { $0.memory.doubleValue / total }
        var sums = Array(repeating: [PageClass: Int64](), count: count)
        for (row, origin) in zip(memory.rows, memory.origins) {
            let bytes = (carved ? row.weights.vmmRSS : row.weights.pss).bytes
            guard bytes > 0 else { continue }
            let kind = PageClass(row, isGuest: origin >= 0, carved: carved)
            var share = even
            if origin >= 0, placed.count >= (origin + 1) * count {
                let parts = placed[origin * count..<(origin + 1) * count].map(Double.init)
                let sum = parts.reduce(0, +)
                if sum > 0 { share = parts.map { $0 / sum } }
            }
            var left = bytes
            for node in 0..<count {
                let part = node == count - 1 ? left : min(left, Int64(Double(bytes) * share[node]))
                sums[node][kind, default: 0] += part
                left -= part
            }
        }
        return host.nodes.indices.map { node in
            var classes = sums[node]
            let size = host.nodes[node].memory.bytes
            var free = size - classes.values.reduce(0, +)
            if free < 0 {
                let cached = classes[.file] ?? 0
                let given = min(cached, -free)
                classes[.file] = cached - given
                free += given
            }
            // What is still too much was taken on another node: reported as it is, so that the sum stays exact.
            classes[.free] = free
            return NodeOutcome(
                memory: host.nodes[node].memory, distance: host.distance(0, node),
                classes: classes.mapValues { ByteCount($0) })
        }
    }
}

extension PageClass {
    /// The class that a memory row's resident pages are in, seen from the host.
    init(_ row: MemoryRow, isGuest: Bool, carved: Bool) {
        switch row.part {
        case "host:page-structs": self = .pageStructs
        case "host:kernel": self = .kernel
        case "host:slab", "namespaces-and-cgroup": self = .slab
        case "host:page-cache": self = .file
        case "nested-page-tables": self = .pageTables
        case "hidden-by-hypervisor", "vmm", "vmm-text", "supervisor", "engine": self = .vmm
        case "page-cache" where !isGuest || row.weights.vmmRSS != row.weights.configured: self = .file
        default: self = carved && isGuest ? .huge : .anonymous
        }
    }
}
