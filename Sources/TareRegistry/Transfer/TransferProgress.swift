/// How far a transfer is.
public struct TransferProgress: Sendable, Hashable {
    /// What is done: `fetched 3 of 5 blobs`.
    public var what: String
    /// Bytes that are here, or there.
    public var done: Int64
    /// Bytes in all.
    public var total: Int64

    /// Whether all bytes have gone.
    public var isComplete: Bool { done >= total }
}
