import TareCore

/// Gives the bytes of a blob that goes out, from any place on: the store's side of a push.
public protocol BlobSource {
    /// Bytes in all.
    var length: Int64 { get }
    /// Fills a buffer with the bytes from `offset` on; 0 is the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) -> Int
}
