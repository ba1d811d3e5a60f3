import TareCore

/// What one phase of a guest's start took.
public struct PhaseRecord: Encodable, Sendable, Hashable {
    /// The phase.
    public var phase: GuestPhase
    /// Instructions executed in it; `nil` where they were not counted.
    public var instructions: InstructionCounts?
    /// What was asked of the disk in it.
    public var disk: BlockStatistics
    /// The guest's memory that had been touched by its end, as the host sees it.
    public var touched: ByteCount?
    /// From QEMU's start to its end; never there for an emulated guest.
    public var reached: GuestWallTime?

    enum CodingKeys: String, CodingKey {
        case phase, instructions, disk
        case touched = "touched_bytes"
        case reached = "reached_ns"
    }

    /// Writes the phase by its name.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(phase.name, forKey: .phase)
        try box.encodeIfPresent(instructions, forKey: .instructions)
        try box.encode(disk, forKey: .disk)
        try box.encodeIfPresent(touched, forKey: .touched)
        try box.encodeIfPresent(reached, forKey: .reached)
    }
}
