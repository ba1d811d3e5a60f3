import TareCore
import TareImages

/// Lets a fetch write into the store's ingest, and go on where an earlier one stopped.
struct IngestReceiver: BlobReceiver {
    let ingest: Ingest
    let told: @Sendable (Int64) -> Void

    var received: Int64 { ingest.offset }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) throws(TareError) {
        try ingest.write(bytes)
        told(Int64(bytes.count))
    }

    mutating func restart() throws(TareError) {
        told(-ingest.offset)
        try ingest.restart()
    }
}
