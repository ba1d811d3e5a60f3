/// Instructions that a guest executed, by where they are.
///
/// Counted by blocks of translated code: a block that a page fault leaves half-way counts whole, and is counted again when it
/// is entered anew. Two runs without a disk agree exactly.
public struct InstructionCounts: Codable, Sendable, Hashable {
    /// Below 1 MiB or in the ROM, before the kernel.
    public var firmware: UInt64
    /// At other low addresses before the kernel's own: its entry, or a decompressor.
    public var loader: UInt64
    /// In the upper half of the address space.
    public var kernel: UInt64
    /// In the lower half once a kernel runs.
    public var user: UInt64

    /// Makes counts.
    public init(firmware: UInt64 = 0, loader: UInt64 = 0, kernel: UInt64 = 0, user: UInt64 = 0) {
        self.firmware = firmware
        self.loader = loader
        self.kernel = kernel
        self.user = user
    }

    /// All of them.
    public var total: UInt64 { firmware + loader + kernel + user }

    /// What came after an earlier reading; counters never fall.
    public func since(_ earlier: InstructionCounts) -> InstructionCounts {
        InstructionCounts(
            firmware: firmware - earlier.firmware,
            loader: loader - earlier.loader,
            kernel: kernel - earlier.kernel,
            user: user - earlier.user
        )
    }
}
