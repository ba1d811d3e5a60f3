/// What an archive may put into a root.
public struct LayerPolicy: Hashable, Sendable {
    /// What happens to device nodes.
    public enum Devices: Hashable, Sendable {
        /// They are made.
        case make
        /// They are an error.
        case refuse
        /// They are left out.
        case skip
    }

    /// What happens to device nodes; a character device 0:0 is never made.
    public var devices: Devices
    /// Whether owners are kept; otherwise all belongs to the calling user.
    public var keepsOwners: Bool

    /// Makes a policy; by default that of an image's layer.
    public init(devices: Devices = .make, keepsOwners: Bool = true) {
        self.devices = devices
        self.keepsOwners = keepsOwners
    }
}
