import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct AttachTests {
    @Test("a published port answers on loopback and from a neighbour, and nothing is left after the detach")
    func walk() throws {
        let fixture = try NetworkFixture()
        let outside = try fixture.neighbour()
        let before = try fixture.hostState()
        let ports = try PortRequest.parse("8080:80")
        let attachment = try fixture.store.attach(container: "web", network: "bridge", ports: ports)
        try fixture.serve(attachment, port: 80)
        #expect(attachment.address?.description == "10.96.0.2")
        #expect(try fixture.ask("10.96.0.2", 80) == "web 10.96.0.1")
        #expect(try fixture.ask("127.0.0.1", 8080) == "web 10.96.0.1")
        #expect(try fixture.ask("198.51.100.1", 8080, from: outside) == "web 198.51.100.2")
        try fixture.store.detach(container: "web")
        #expect(try fixture.hostState() == before)
        #expect(try fixture.store.attachments().isEmpty)
    }
}
