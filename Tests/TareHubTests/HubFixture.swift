import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareTestSupport

@testable import TareRegistry

/// A hub of this build on a free loopback port, with a folder of its own that goes with it.
final class HubFixture: Sendable {
    let server: ServerProcess
    let folder: String
    private let keepsFolder: Bool

    /// Starts it.
    ///
    /// - Parameters:
    ///   - flags: further flags of `tare-serve hub`.
    ///   - folder: an earlier hub's folder; without it one of its own.
    init?(_ flags: [String] = [], folder: String? = nil) {
        let port = freeLoopbackPort()
        keepsFolder = folder != nil
        self.folder = folder ?? FileManager.default.temporaryDirectory.path + "/tare-hub-\(getpid())-\(port)"
        let words = [Self.program, "hub", "--root", self.folder, "--port", String(port)] + flags
        guard let server = ServerProcess(words, port: port) else { return nil }
        self.server = server
    }

    deinit {
        server.end(SIGKILL)
        if !keepsFolder { try? FileManager.default.removeItem(atPath: folder) }
    }

    var host: String { "127.0.0.1:\(server.port)" }

    /// The built program, beside the tests.
    static let program: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = PathText.folder(of: own) + "/tare-serve"
        if FileReading.exists(beside) { return beside }
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return root + "/.build/debug/tare-serve"
    }()

    /// One plain request, as it is.
    func ask(
        _ method: HTTPMethod,
        _ path: String,
        _ headers: [(String, String)] = [],
        body: [UInt8]? = nil
    ) throws -> HTTPResponse {
        var request = HTTPRequest(method, path.hasPrefix("http") ? path : "http://\(host)\(path)")
        for header in headers { request.headers.add(header.0, header.1) }
        if let body { request.body = HTTPBody(body) }
        return try HTTPConnection().exchange(request, options: HTTPOptions())
    }
}
