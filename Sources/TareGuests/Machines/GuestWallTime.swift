/// A duration of a guest on the host's clock; there is none of an emulated guest.
///
/// The only way to make one asks for the accelerator, so no path of the program can print an emulator's time as a result.
public struct GuestWallTime: Encodable, Sendable, Hashable, Comparable {
    /// Nanoseconds.
    public let nanoseconds: UInt64

    /// Makes one of a guest under KVM; `nil` for an emulated one.
    ///
    /// - Parameters:
    ///   - nanoseconds: the measured duration.
    ///   - accelerator: what executed the guest.
    public init?(nanoseconds: UInt64, on accelerator: Accelerator) {
        guard accelerator == .kvm else { return nil }
        self.nanoseconds = nanoseconds
    }

    /// The shorter comes first.
    public static func < (left: GuestWallTime, right: GuestWallTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Writes the nanoseconds as a bare integer.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(nanoseconds)
    }
}
