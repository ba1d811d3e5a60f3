import TareCore

/// One memory node of a guest's machine.
public struct GuestNode: Sendable, Hashable {
    /// Its memory.
    public var memory: ByteCount
    /// Its CPUs.
    public var cpus: ClosedRange<Int>
    /// Its distances to the nodes in order; 10 is local (ACPI SLIT).
    public var distances: [Int]

    /// Describes a node.
    ///
    /// - Parameters:
    ///   - memory: its memory.
    ///   - cpus: its CPUs.
    ///   - distances: to all nodes in order, its own included.
    public init(memory: ByteCount, cpus: ClosedRange<Int>, distances: [Int]) {
        self.memory = memory
        self.cpus = cpus
        self.distances = distances
    }
}
