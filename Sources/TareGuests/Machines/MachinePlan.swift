import TareCore

/// A guest's machine, as QEMU is asked for it.
public struct MachinePlan: Sendable {
    /// The kind of machine.
    public enum Board: String, Sendable, Hashable, CaseIterable {
        /// microvm without ACPI: a kernel and its initial root, no disk. It ends by a reset, since it cannot power off.
        case bare
        /// microvm with ACPI and virtio over memory-mapped registers: a disk and a network.
        case micro
        /// The PC of 1996 with PCI: memory nodes need its ACPI tables.
        case pc
    }

    /// For messages.
    public var name: String
    /// The kind of machine.
    public var board: Board
    /// What executes it.
    public var accelerator: Accelerator
    /// Its memory.
    public var memory: ByteCount
    /// Its virtual CPUs; where `nodes` is not empty, those of the nodes count.
    public var cpus = 1
    /// The ELF kernel.
    public var kernel: String
    /// The initial root: archives behind one another.
    public var initialRoot: [UInt8] = []
    /// What is added to the kernel's command line.
    public var kernelArguments: [String] = []
    /// Its disk, `/dev/vda`.
    public var disk: GuestDisk?
    /// The guest's TCP ports by the port of 127.0.0.1 that reaches them; a network is there where this is not empty.
    public var forwards: [Int: Int] = [:]
    /// Memory nodes; for the board `pc` only.
    public var nodes: [GuestNode] = []
    /// Whether instructions are counted, which makes the guest's clock follow them; only where it is emulated.
    public var isCounted = false
    /// Whether the host may merge equal pages of this guest with others' (KSM).
    public var isMergeable = false
    /// Whether the guest has a balloon that reports free pages.
    public var reportsFreePages = false
    /// The frequency of the time stamp counter for a kernel that cannot measure it, in kHz.
    public var counterKilohertz: Int?

    /// Describes a machine with defaults for everything else.
    ///
    /// - Parameters:
    ///   - name: for messages.
    ///   - board: the kind of machine.
    ///   - accelerator: what executes it.
    ///   - memory: its memory.
    ///   - kernel: the ELF kernel.
    public init(name: String, board: Board, accelerator: Accelerator, memory: ByteCount, kernel: String) {
        self.name = name
        self.board = board
        self.accelerator = accelerator
        self.memory = memory
        self.kernel = kernel
    }
}
