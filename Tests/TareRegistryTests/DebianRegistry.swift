import FoundationEssentials
import Glibc
import TareTestSupport

/// Debian's docker-registry on a free loopback port with a store of its own: a peer that is not ours.
final class DebianRegistry: Sendable {
    static let isAvailable = access("/usr/bin/docker-registry", X_OK) == 0

    let server: ServerProcess
    private let folder: String

    /// The certificate that it shows, where it has one; made for it.
    var certificate: String { folder + "/certificate.pem" }

    /// Starts it; with `user` it wants the name `tare` and the password `secret`, with `tls` it speaks HTTPS only.
    init?(user: Bool = false, tls: Bool = false) {
        let port = freeLoopbackPort()
        folder = FileManager.default.temporaryDirectory.path + "/tare-registry-\(getpid())-\(port)"
        // "secret", by htpasswd -nbB.
        let secret = "tare:$2y$05$3ATJ5L/mo5m/ZetVMJJl/eJ8qH/3gOLzB9LUl3TNwtJ888t5GCQxO"
        var text = """
            version: 0.1
            log: { level: error }
            storage:
              filesystem: { rootdirectory: \(folder)/data }
              delete: { enabled: true }
            http: { addr: "127.0.0.1:\(port)" }

            """
        if tls {
            text = text.replacing(
                "http: { addr: \"127.0.0.1:\(port)\" }",
                with: """
                    http:
                      addr: "127.0.0.1:\(port)"
                      tls: { certificate: \(folder)/certificate.pem, key: \(folder)/key.pem }
                    """
            )
        }
        if user { text += "auth: { htpasswd: { realm: tare, path: \(folder)/users } }\n" }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: folder + "/config.yml"))
            try Data((secret + "\n").utf8).write(to: URL(filePath: folder + "/users"))
        } catch { return nil }
        if tls {
            let words = [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder + "/key.pem", "-out",
                folder + "/certificate.pem",
            ]
            guard exitStatus(of: words) == 0 else { return nil }
        }
        let log = folder + "/log"
        guard let server = ServerProcess(["docker-registry", "serve", folder + "/config.yml"], port: port, log: log)
        else { return nil }
        self.server = server
    }

    deinit {
        server.end(SIGKILL)
        try? FileManager.default.removeItem(atPath: folder)
    }

    var host: String { "127.0.0.1:\(server.port)" }
}
