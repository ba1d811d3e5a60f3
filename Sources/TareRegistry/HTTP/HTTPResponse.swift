/// What a server answered; a successful body went to the request's receiver and is not here.
struct HTTPResponse {
    /// The status: 200, 404.
    var status = 0
    /// The headers.
    var headers = HTTPHeaders()
    /// The body of an answer that had no receiver, or that is not 2xx; at most `HTTPConnection.keptBody` bytes.
    var body: [UInt8] = []

    /// Whether it is 2xx.
    var isSuccess: Bool { (200..<300).contains(status) }
}
