import TareCore
import TareImages

/// Lets a push read from the store.
struct StoredBlob: BlobSource {
    let reader: BlobReader

    var length: Int64 { reader.length }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(TareError) -> Int {
        try reader.read(into: buffer, at: offset)
    }
}
