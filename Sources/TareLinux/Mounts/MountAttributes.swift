import CTareLinux

/// What a mount forbids.
public struct MountAttributes: OptionSet, Hashable, Sendable {
    /// The kernel's MOUNT_ATTR_ bits.
    public let rawValue: UInt64

    /// Takes the kernel's bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Nothing can be written.
    public static let readOnly = MountAttributes(rawValue: tare_attribute_read_only())
    /// Set-user-id bits and file capabilities do nothing.
    public static let noSetuid = MountAttributes(rawValue: tare_attribute_no_setuid())
    /// Device nodes lead nowhere.
    public static let noDevices = MountAttributes(rawValue: tare_attribute_no_devices())
    /// No file can be executed.
    public static let noPrograms = MountAttributes(rawValue: tare_attribute_no_programs())
}
