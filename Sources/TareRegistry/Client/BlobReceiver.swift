import TareCore

/// Takes the bytes of a blob that comes in, and knows how many it has: the store's side of a fetch.
///
/// Life cycle: `received` tells where to go on; `receive` adds bytes; `restart` drops all, when a server cannot go on.
/// The digest is the receiver's to check when all is there, since it may have begun in an earlier process.
public protocol BlobReceiver {
    /// Bytes that are kept already.
    var received: Int64 { get }
    /// Adds bytes behind those.
    mutating func receive(_ bytes: UnsafeRawBufferPointer) throws(TareError)
    /// Drops everything.
    mutating func restart() throws(TareError)
}
