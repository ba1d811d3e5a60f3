import FoundationEssentials
import Glibc
import TareCore
import Testing

@testable import TareRegistry

@Suite("Challenges, names and kept credentials")
struct AccessTests {
    @Test("a challenge is read with its quoted values, and several in one header are told apart")
    func challenges() {
        let text =
            #"Bearer realm="https://auth.example/token?a=b",service="reg, \"x\"",scope="repository:a:pull", Basic realm=tare"#
        let found = AuthChallenge.all(in: text)
        #expect(found.map(\.scheme) == ["bearer", "basic"])
        #expect(found.first?.parameters["realm"] == "https://auth.example/token?a=b")
        #expect(found.first?.parameters["service"] == #"reg, "x""#)
        #expect(found.last?.parameters["realm"] == "tare")
        #expect(AuthChallenge.all(in: "Bearer realm=\"open").count == 1)
        #expect(AuthChallenge.all(in: "").isEmpty)
    }

    @Test(
        "repository names follow the specification",
        arguments: [
            ("debian", true), ("library/debian", true), ("a__b/c-d.e", true), ("a---b", true), ("Debian", false),
            ("a//b", false),
            ("a_", false), ("a___b", false), ("a..b", false), ("../etc", false), ("", false), ("a b", false),
        ])
    func names(name: String, isGood: Bool) {
        let repository = try? RegistryRepository(host: "localhost:5000", name: name)
        #expect((repository != nil) == isGood)
    }

    @Test(
        "only this machine is spoken to without TLS",
        arguments: [
            ("localhost", true), ("localhost:5000", true), ("127.0.0.1:5000", true), ("127.8.9.1", true),
            ("[::1]:5000", true),
            ("127.0.0.1.example", false), ("registry.example:5000", false), ("10.0.0.1:5000", false),
            ("128.0.0.1", false),
        ])
    func loopback(host: String, isLoopback: Bool) throws {
        #expect(try RegistryRepository(host: host, name: "a").isLoopback == isLoopback)
    }

    @Test("credentials are kept for their owner only, and forgotten when asked")
    func credentialFile() throws {
        let path = FileManager.default.temporaryDirectory.path + "/tare-auth-\(getpid())/auth.json"
        defer { try? FileManager.default.removeItem(atPath: (path as String).replacing("/auth.json", with: "")) }
        let file = CredentialFile(path: path)
        #expect(try file.credentials(for: "a:5000") == nil)
        #expect(try !file.store(RegistryCredentials(user: "me", secret: "s:e:c"), for: "a:5000"))
        #expect(try file.credentials(for: "a:5000") == RegistryCredentials(user: "me", secret: "s:e:c"))
        var facts = stat()
        #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
        #expect(try file.store(nil, for: "a:5000"))
        #expect(try file.credentials(for: "a:5000") == nil)
    }
}
