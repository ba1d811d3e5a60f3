import TareCatalog
import TareCore

/// The memory that instances can take, by NUMA node, and what a placement costs in time.
///
/// With shares s_j of an instance's memory on nodes at distances d_j (10 = local, as firmware tables count), its CPU work
/// takes longer by
///
///     1 + m x (sum s_j x d_j / 10 - 1)
///
/// where m is the part of CPU time that waits for memory (assumed 0.2). Valid for one level of distance as measured
/// without load; contention for the link between nodes is not in it.
struct NodePlacement {
    /// The part of CPU time that waits for memory.
    static let memoryBound = Figure.assumed(0.2, "ratio")

    let policy: MemoryPolicy
    /// Free bytes by node.
    private(set) var room: [Int64]
    private let nearest: [[Int]]
    private let cost: [[Double]]

    /// All nodes empty; what the host itself needs is taken from each in proportion to its size.
    init(host: HostSpec, policy: MemoryPolicy, room: ByteCount) {
        self.policy = policy
        let total = max(1, host.nodes.reduce(0) { $0 + $1.memory.doubleValue })
        var left = room.bytes
        var parts: [Int64] = []
        for (index, node) in host.nodes.enumerated() {
            let isLast = index == host.nodes.count - 1
            let part = isLast ? left : Int64(room.doubleValue * node.memory.doubleValue / total)
            parts.append(part)
            left -= part
        }
        self.room = parts
        let indices = Array(host.nodes.indices)
        nearest = indices.map { home in
            indices.sorted { (host.distance(home, $0), $0) < (host.distance(home, $1), $1) }
        }
        cost = indices.map { home in indices.map { Double(host.distance(home, $0)) / 10 } }
    }

    /// Nodes.
    var count: Int { room.count }

    /// The node with the most room: where the next instance's CPUs are.
    var emptiest: Int {
        var best = 0
        for node in room.indices where room[node] > room[best] { best = node }
        return best
    }

    /// Takes memory by the policy.
    ///
    /// - Parameters:
    ///   - need: bytes.
    ///   - home: the node of the instance's CPUs.
    ///   - parts: gets the bytes of each node added.
    ///   - offset: where node 0 is in `parts`.
    /// - Returns: the factor on CPU work, or nothing where the memory is not there; then nothing is taken.
    /// - Complexity: O(nodes).
    mutating func take(_ need: Int64, home: Int, parts: inout [Int64], at offset: Int) -> Double? {
        guard count > 1 else {
            guard room[0] >= need else { return nil }
            room[0] -= need
            parts[offset] += need
            return 1
        }
        if policy == .bind {
            guard room[home] >= need else { return nil }
        } else {
            var sum: Int64 = 0
            for bytes in room { sum += bytes }
            guard sum >= need else { return nil }
        }
        var left = need
        var weighted = 0.0
        func grab(_ wanted: Int64, _ node: Int) {
            let bytes = max(0, min(wanted, room[node], left))
            room[node] -= bytes
            parts[offset + node] += bytes
            left -= bytes
            weighted += Double(bytes) * cost[home][node]
        }
        if policy == .interleave {
            let part = need / Int64(count)
            for node in room.indices { grab(node == 0 ? need - part * Int64(count - 1) : part, node) }
        }
        for node in nearest[home] where left > 0 { grab(left, node) }
        let ratio = need > 0 ? weighted / Double(need) : 1
        return 1 + Self.memoryBound.value * (ratio - 1)
    }
}
