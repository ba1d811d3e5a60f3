import TareCore

/// A guest operating system.
public enum GuestSystem: Codable, Sendable, Hashable {
    /// A base system of the catalogue, by its id.
    case builtin(String)
    /// A guest by its numbers.
    case numbers(GuestNumbers)
}

/// A guest described by numbers.
public struct GuestNumbers: Codable, Sendable, Hashable {
    /// One phase of the boot, as work.
    public struct Phase: Codable, Sendable, Hashable {
        /// `firmware`, `kernel`, `initramfs`, `init`.
        public var name: String
        /// Core-seconds at a reference core.
        public var cpuSeconds: Double
        /// Cores that it can use at once.
        public var width: Int
        /// Bytes read from the disk.
        public var read: ByteCount
        /// Disk requests.
        public var requests: Int

        /// Makes a phase.
        public init(name: String, cpuSeconds: Double, width: Int = 1, read: ByteCount = .zero, requests: Int = 0) {
            self.name = name
            self.cpuSeconds = cpuSeconds
            self.width = width
            self.read = read
            self.requests = requests
        }
    }

    /// The order of the phases.
    public static let phaseNames = ["firmware", "kernel", "initramfs", "init"]

    /// Disk of the OS.
    public var osDisk: ByteCount
    /// The kernel image, part of the OS disk.
    public var kernel: ByteCount
    /// Memory of the OS.
    public var osMemory: ByteCount
    /// The boot, in order.
    public var boot: [Phase]

    /// Makes a guest.
    public init(osDisk: ByteCount, kernel: ByteCount, osMemory: ByteCount, boot: [Phase]) {
        self.osDisk = osDisk
        self.kernel = kernel
        self.osMemory = osMemory
        self.boot = boot
    }
}
