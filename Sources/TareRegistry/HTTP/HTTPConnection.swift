import CTareHTTP
import TareCore
import TareLinux

/// A connection that is kept open between requests; one thread at a time uses it.
struct HTTPConnection: ~Copyable {
    /// The longest body that is kept for an answer without a receiver: a manifest has at most 4 MiB.
    static let keptBody = 8 << 20

    private let handle: UnsafeMutableRawPointer

    /// Takes a handle over.
    init(taking handle: UnsafeMutableRawPointer) { self.handle = handle }

    /// Loads libcurl where that was not done yet.
    init() throws(HTTPFailure) {
        guard let handle = tare_http_open() else { throw .missing }
        self.handle = handle
    }

    deinit { tare_http_close(handle) }

    /// Gives the handle up without closing it, for a pool.
    consuming func release() -> UnsafeMutableRawPointer {
        let kept = handle
        discard self
        return kept
    }

    /// Sends a request and receives its answer.
    ///
    /// Blocks until it has ended.
    ///
    /// - Parameters:
    ///   - request: what is sent.
    ///   - options: trust and times.
    ///   - receive: gets the body of a 2xx answer, piece by piece; its error stops the transfer.
    /// - Returns: the answer, whatever its status.
    /// - Throws: where there was none.
    func exchange(
        _ request: HTTPRequest,
        options: HTTPOptions,
        receive: ((HTTPResponse, UnsafeRawBufferPointer) throws(TareError) -> Void)? = nil
    ) throws(HTTPFailure) -> HTTPResponse {
        let lines = request.headers.fields.map { "\($0.name): \($0.value)" }
        for line in lines where line.utf8.contains(where: { $0 == 13 || $0 == 10 }) {
            throw .refused("a header has a line break: \(line.debugDescription)")
        }
        return try withoutActuallyEscaping(receive ?? { _, _ in }) { escaped throws(HTTPFailure) in
            let exchange = Exchange(body: request.body, receive: receive == nil ? nil : escaped)
            var message = [CChar](repeating: 0, count: 256)
            let end = Self.withCStrings(lines) { headers in
                request.method.rawValue.withCString { method in
                    request.url.withCString { url in
                        options.certificates.withOptionalCString { certificates in
                            var plain = tare_http_request()
                            plain.method = method
                            plain.url = url
                            plain.headers = headers
                            plain.body_length = request.body?.length ?? -1
                            plain.read = Exchange.onRead
                            plain.header = Exchange.onHeader
                            plain.write = Exchange.onWrite
                            plain.stopped = Exchange.onStopped
                            plain.context = Unmanaged.passUnretained(exchange).toOpaque()
                            plain.certificates = certificates
                            plain.insecure = options.insecure ? 1 : 0
                            plain.follow = request.followsRedirects ? 1 : 0
                            plain.connect_seconds = options.connectSeconds
                            plain.stall_seconds = options.stallSeconds
                            return withExtendedLifetime(exchange) { tare_http_exchange(handle, &plain, &message) }
                        }
                    }
                }
            }
            let words = message.withUnsafeBufferPointer { buffer in
                String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
            switch end {
            case tare_http_done: return exchange.response
            case tare_http_missing: throw .missing
            case tare_http_refused: throw .refused(words)
            case tare_http_stopped: throw .stopped(exchange.failure)
            default: throw .broken(words)
            }
        }
    }

    /// Calls `body` with a null-terminated list of C strings.
    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes += text.utf8CString
        }
        bytes.append(0)
        return bytes.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { preconditionFailure("the buffer has at least one byte") }
            let pointers: [UnsafePointer<CChar>?] = starts.map { base + $0 } + [nil]
            return pointers.withUnsafeBufferPointer { list in
                guard let first = list.baseAddress else { preconditionFailure("the list has at least its end") }
                return body(first)
            }
        }
    }
}

extension String? {
    /// Calls `body` with a C string, or with `nil` for `nil`.
    fileprivate func withOptionalCString<Result>(_ body: (UnsafePointer<CChar>?) -> Result) -> Result {
        guard let self else { return body(nil) }
        return self.withCString { body($0) }
    }
}
