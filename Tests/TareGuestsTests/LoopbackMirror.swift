import Glibc
import TareCore
import TareLinux

@testable import TareGuests

/// A Debian mirror on the loopback: hands on what this machine's own package source has, by apt's own program, so that
/// its proxies and certificates are obeyed.
///
/// The first request for a name that holds `losing` is answered with 404, as by an archive that has a newer version.
final class LoopbackMirror: Sendable {
    let address: String
    private let folder: String
    private let process: pid_t

    /// Starts it; it ends with the value.
    init(handsOn release: String, losing: String) async throws {
        folder = "/tmp/tare-mirror-\(getpid())"
        try FolderMaking.make(folder)
        let listing = try await Command(
            program: "apt-get", arguments: ["indextargets", "--format", PackageIndex.format]
        ).run()
        let index = PackageIndex.indexes(in: listing.output, release: release, keyring: nil).first {
            $0.suite == release
        }
        guard let index else { throw TareError(.unavailable, subject: release, "apt has no source of it here") }
        try AtomicFile.write("\(folder)/mirror.py", text: Self.program)
        let words = ["\(folder)/mirror.py", folder, index.address, losing].map { "'\($0)'" }.joined(separator: " ")
        guard system("/usr/bin/python3 \(words) >/dev/null 2>\(folder)/errors </dev/null &") == 0 else {
            throw TareError(.internal, subject: "python3", "cannot start the mirror")
        }
        var port: String?
        for _ in 0..<600 where port == nil {
            port = FileReading.valueIfPresent(at: "\(folder)/port")
            if port == nil { try await Task.sleep(for: .milliseconds(100)) }
        }
        let parts = (port ?? "").split(separator: " ")
        guard parts.count == 2, let process = pid_t(parts[1]) else {
            throw TareError(.internal, subject: "python3", "the mirror does not listen")
        }
        self.process = process
        address = "http://127.0.0.1:\(parts[0])/"
    }

    deinit {
        kill(process, SIGTERM)
        _ = system("rm -rf \(folder)")
    }

    /// Status and path of each request so far.
    func requests() throws -> [String] {
        try FileReading.text(at: "\(folder)/requests").split(separator: "\n").map(String.init)
    }

    private static let program = """
        import http.server, os, subprocess, sys, tempfile, threading
        folder, source, losing = sys.argv[1:4]
        lock, lost = threading.Lock(), []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = None
                with lock:
                    lose = losing in self.path and not lost
                    if lose: lost.append(self.path)
                if not lose:
                    place = tempfile.mktemp(dir=folder)
                    fetch = ["/usr/lib/apt/apt-helper", "download-file", source.rstrip("/") + self.path, place]
                    if subprocess.run(fetch, capture_output=True).returncode == 0:
                        body = open(place, "rb").read()
                    if os.path.exists(place): os.remove(place)
                with lock, open(folder + "/requests", "a") as log:
                    log.write(f"{404 if body is None else 200} {self.path}\\n")
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_): pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        with open(folder + "/port.new", "w") as out: out.write(f"{server.server_address[1]} {os.getpid()}")
        os.rename(folder + "/port.new", folder + "/port")
        server.serve_forever()
        """
}
