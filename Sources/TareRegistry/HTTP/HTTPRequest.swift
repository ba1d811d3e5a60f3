import TareCore

/// One request.
struct HTTPRequest {
    /// The method.
    var method: HTTPMethod
    /// The whole address, with scheme and query.
    var url: String
    /// Its headers.
    var headers = HTTPHeaders()
    /// What is sent, or `nil` for nothing.
    var body: HTTPBody?
    /// Whether redirects are followed; credentials do not go to another host.
    var followsRedirects = false

    /// Makes a request.
    init(_ method: HTTPMethod, _ url: String) {
        self.method = method
        self.url = url
    }
}

/// The body of a request: its length, known before, and a source of its bytes.
struct HTTPBody {
    /// Bytes in all.
    var length: Int64
    /// Fills a buffer; 0 is the end.
    var read: (UnsafeMutableRawBufferPointer) throws(TareError) -> Int

    /// A body in memory.
    init(_ bytes: [UInt8]) {
        length = Int64(bytes.count)
        var done = 0
        read = { (buffer: UnsafeMutableRawBufferPointer) throws(TareError) -> Int in
            let count = min(buffer.count, bytes.count - done)
            bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[done..<done + count])) }
            done += count
            return count
        }
    }

    /// A body from a source.
    init(length: Int64, read: @escaping (UnsafeMutableRawBufferPointer) throws(TareError) -> Int) {
        self.length = length
        self.read = read
    }
}
