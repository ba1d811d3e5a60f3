/// The disk of a guest.
public struct GuestDisk: Sendable, Hashable {
    /// How the file is to be read.
    public enum Format: String, Sendable {
        /// Block by block.
        case raw
        /// A thin image, usually on a base.
        case qcow2
    }

    /// The image.
    public var path: String
    /// Its format.
    public var format: Format
    /// Whether what the guest writes goes to an unnamed file that ends with QEMU, so that the image is never changed.
    public var isDiscarded: Bool

    /// Describes a disk.
    ///
    /// - Parameters:
    ///   - path: the image.
    ///   - format: how to read it.
    ///   - isDiscarded: whether writes are thrown away at the end.
    public init(_ path: String, format: Format = .raw, isDiscarded: Bool = true) {
        self.path = path
        self.format = format
        self.isDiscarded = isDiscarded
    }
}
