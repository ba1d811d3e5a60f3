import Glibc
import TareCore
import TareTestSupport
import Testing

@testable import TareLinux

/// The real kernel, in namespaces of the tests' own.
@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct NetlinkKernelTests {
    private func inNamespace(_ body: (String) throws(TareError) -> Void) throws {
        let path = "/tmp/tare-netns-\(getpid())-\(HostClock.monotonicNanoseconds())"
        defer { try? NetworkNamespace.remove(at: path) }
        try NetworkNamespace.make(at: path) { () throws(TareError) in try body(path) }
    }

    @Test("a bridge, a pair, addresses and routes are listed as they were made")
    func links() throws {
        try inNamespace { (path) throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            let own = try NetworkNamespace(opening: path)
            var make = NetlinkBatch()
            make.change(.loopback, .up)
            make.addBridge("bridge0", mac: [2, 0, 0, 0, 0, 1], mtu: 1400)
            make.addPair(
                "left", bridge: nil, peer: PeerLink(name: "right", mac: [2, 0, 0, 0, 0, 2], namespace: own.raw))
            try kernel.commit(make)
            let bridge = try kernel.link("bridge0")
            #expect(bridge?.kind == "bridge" && bridge?.mtu == 1400 && bridge?.isUp == true)
            var port = LinkChange.up
            port.bridge = bridge?.index
            var turn = LinkChange()
            turn.hairpin = true
            var settle = NetlinkBatch()
            settle.change(.name("left"), port)
            settle.change(.name("left"), turn)
            let right = try kernel.link("right")?.index ?? 0
            var rename = LinkChange.up
            rename.name = "eth9"
            settle.change(.index(right), rename)
            let address = IPAddress(unchecked: [10, 1, 0, 2])
            settle.addAddress(address, prefix: 24, link: right)
            settle.addAddress(.loopbackIPv6.advanced(by: 0xff), prefix: 64, link: right)
            settle.addRoute(to: .allIPv4, gateway: IPAddress(unchecked: [10, 1, 0, 1]), link: right)
            settle.setNeighbour(IPAddress(unchecked: [10, 1, 0, 1]), mac: [2, 0, 0, 0, 0, 1], link: right)
            try kernel.commit(settle)
            let left = try kernel.link("left")
            #expect(left?.bridge == bridge?.index && left?.hairpin == true)
            #expect(try kernel.awaitOperational("eth9"))
            #expect(try kernel.addresses().contains { $0.address == address && $0.prefix == 24 && $0.link == right })
            #expect(
                try kernel.routes().contains { $0.destination == .allIPv4 && $0.gateway?.description == "10.1.0.1" })
            var undo = NetlinkBatch()
            undo.deleteRoute(to: .allIPv4, link: right)
            undo.deleteAddress(address, prefix: 24, link: right)
            undo.deleteLink("left")
            undo.deleteLink("bridge0")
            undo.deleteLink("bridge0", ifPresent: true)
            try kernel.commit(undo)
            #expect(try kernel.links().map(\.name) == ["lo"])
            #expect(try kernel.link("left") == nil)
        }
    }

    @Test("an error comes with the kernel's words, and the messages behind it are carried out")
    func refused() throws {
        try inNamespace { (_) throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            var batch = NetlinkBatch()
            batch.addRoute(to: .allIPv4, gateway: IPAddress(unchecked: [10, 9, 9, 9]), link: 1)
            batch.change(.loopback, .up)
            do throws(TareError) {
                try kernel.commit(batch)
                Issue.record("a route over a link that is down was made")
            } catch {
                #expect(error.subject == "0.0.0.0/0")
                #expect(error.message.contains("the kernel says"))
            }
            #expect(try kernel.link("lo")?.isUp == true)
        }
    }

    @Test("a firewall batch with one bad change changes nothing")
    func transaction() throws {
        try inNamespace { (_) throws(TareError) in
            let kernel = try NetlinkConnection(.netfilter)
            var bad = FirewallBatch(table: "trial")
            bad.addTable()
            bad.deleteElements([FirewallElement(key: [1, 2, 3, 4])], from: "nowhere")
            do throws(TareError) {
                try kernel.commit(bad)
                Issue.record("a bad batch was taken")
            } catch { #expect(error.errno == ENOENT) }
            #expect(try kernel.tables().isEmpty)
            var good = FirewallBatch(table: "trial")
            good.addTable()
            good.addMap(FirewallMap("ports", key: [.transportProtocol, .port], value: [.ipv4, .port]))
            let key = FirewallElement.field(transportProtocol: 6) + FirewallElement.field(port: 80)
            let element = FirewallElement(key: key, value: [10, 0, 0, 1] + FirewallElement.field(port: 8080))
            good.addElements([element], to: "ports")
            try kernel.commit(good)
            #expect(try kernel.elements(of: "ports", table: "trial") == [element])
            var gone = FirewallBatch(table: "trial")
            gone.deleteTable()
            try kernel.commit(gone)
            #expect(try kernel.tables().isEmpty)
        }
    }

    @Test("a namespace is made once, entered by path, and gone without a trace")
    func namespaces() throws {
        let path = "/tmp/tare-netns-\(getpid())-\(HostClock.monotonicNanoseconds())"
        try NetworkNamespace.make(at: path) { () throws(TareError) in }
        #expect(NetworkNamespace.isPinned(path))
        #expect(throws: TareError.self) { try NetworkNamespace.make(at: path) { () throws(TareError) in } }
        let inside = try NetworkNamespace(opening: path).run { () throws(TareError) in
            try NetlinkConnection(.route).links().map(\.name)
        }
        #expect(inside == ["lo"])
        try NetworkNamespace.remove(at: path)
        try NetworkNamespace.remove(at: path)
        #expect(!FileReading.exists(path))
        // A closure that fails leaves no mount behind.
        #expect(throws: TareError.self) {
            try NetworkNamespace.make(at: path) { () throws(TareError) in throw TareError(.internal, subject: "", "") }
        }
        #expect(!FileReading.exists(path))
    }

    @Test(
        "addresses and networks read and write the same text", arguments: ["10.1.2.3", "::1", "fd00:1::2", "0.0.0.0"])
    func addresses(text: String) throws {
        #expect(try #require(IPAddress(text)).description == text)
        let subnet = try #require(Subnet("10.1.255.3/20"))
        #expect(subnet.description == "10.1.240.0/20")
        #expect(subnet.contains(IPAddress(unchecked: [10, 1, 240, 0])))
        #expect(!subnet.contains(IPAddress(unchecked: [10, 1, 239, 255])))
        #expect(Subnet("10.0.0.0/33") == nil && Subnet("x/8") == nil && IPAddress("1.2.3") == nil)
        #expect(IPAddress(unchecked: [10, 0, 255, 255]).advanced(by: 1).description == "10.1.0.0")
    }
}
