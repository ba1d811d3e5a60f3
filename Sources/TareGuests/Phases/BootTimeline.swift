import TareCore

/// The start of one guest, phase by phase, and what it held when it was done.
///
/// No member is a duration of an emulated guest; see `GuestWallTime`.
public struct BootTimeline: Encodable, Sendable {
    /// The guest operating system's id.
    public var guest: String
    /// The workload's id.
    public var workload: String
    /// The kernel's release.
    public var kernel: String
    /// What executed it.
    public var accelerator: Accelerator
    /// The memory that it was given.
    public var memory: ByteCount
    /// The phases in the order in which they ended.
    public var phases: [PhaseRecord]
    /// Whether the service gave its right answer to the host, through the network.
    public var hasAnswered: Bool
    /// Memory as the guest's kernel tells it.
    public var inside: GuestMemoryInside
    /// Memory as the host sees it; `nil` where it ended before.
    public var outside: GuestMemoryOutside?
    /// How it ended: `stopped` after a good start.
    public var ending: GuestEnding
    /// What was reported wrong on the way, by Tare's program in the guest.
    public var complaints: [String]

    enum CodingKeys: String, CodingKey {
        case guest, workload, kernel, accelerator, phases, inside, outside, ending, complaints
        case memory = "memory_bytes"
        case hasAnswered = "answered"
    }

    /// Writes the ending as text.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(guest, forKey: .guest)
        try box.encode(workload, forKey: .workload)
        try box.encode(kernel, forKey: .kernel)
        try box.encode(accelerator, forKey: .accelerator)
        try box.encode(memory, forKey: .memory)
        try box.encode(phases, forKey: .phases)
        try box.encode(hasAnswered, forKey: .hasAnswered)
        try box.encode(inside, forKey: .inside)
        try box.encodeIfPresent(outside, forKey: .outside)
        try box.encode(ending.text, forKey: .ending)
        try box.encode(complaints, forKey: .complaints)
    }

    /// The record of a phase, or `nil` where it was not reached.
    public subscript(phase: GuestPhase) -> PhaseRecord? { phases.first { $0.phase == phase } }
}
