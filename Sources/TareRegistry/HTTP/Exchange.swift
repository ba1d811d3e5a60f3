import CTareHTTP
import TareCore
import TareLinux

/// The state of one exchange that libcurl's callbacks write to; it lives as long as the call.
final class Exchange {
    var response = HTTPResponse()
    var failure: TareError?
    private let body: HTTPBody?
    private let receive: ((HTTPResponse, UnsafeRawBufferPointer) throws(TareError) -> Void)?

    init(body: HTTPBody?, receive: ((HTTPResponse, UnsafeRawBufferPointer) throws(TareError) -> Void)?) {
        self.body = body
        self.receive = receive
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Exchange? {
        context.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
    }

    static let onRead: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, Int) -> Int64 = {
        context, bytes, room in
        guard let exchange = at(context), let body = exchange.body else { return -1 }
        do throws(TareError) {
            return Int64(try body.read(UnsafeMutableRawBufferPointer(start: bytes, count: room)))
        } catch {
            exchange.failure = error
            return -1
        }
    }

    static let onHeader: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int) -> Int32 = {
        context, bytes, length in
        guard let exchange = at(context) else { return 1 }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
        exchange.take(header: line)
        return 0
    }

    static let onWrite: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int) -> Int32 = {
        context, bytes, length in
        guard let exchange = at(context) else { return 1 }
        let piece = UnsafeRawBufferPointer(start: bytes, count: length)
        guard let receive = exchange.receive, exchange.response.isSuccess else {
            // A longer error page says nothing more; a longer document without a receiver is refused by its reader.
            let room = HTTPConnection.keptBody - exchange.response.body.count
            exchange.response.body.append(contentsOf: piece.prefix(max(room, 0)))
            return 0
        }
        do throws(TareError) {
            try receive(exchange.response, piece)
            return 0
        } catch {
            exchange.failure = error
            return 1
        }
    }

    static let onStopped: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { _ in InterruptFlag.isRaised ? 1 : 0 }

    /// Takes one line of a header; a status line begins a new answer, since redirects and 100 bring several.
    private func take(header line: String) {
        if line.hasPrefix("HTTP/") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            response = HTTPResponse(status: words.count > 1 ? Int(words[1]) ?? 0 : 0)
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            response.headers.add(String(line[..<colon]), String(value))
        }
    }
}
