import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct ShardTests {
    @Test("past a bridge's limit the next bridge is used, containers of both reach each other, and both go")
    func shards() throws {
        let fixture = try NetworkFixture {
            $0.bridgeCapacity = 2
            $0.helper = NetworkFixture.helper
        }
        let before = try fixture.hostState()
        let all = try (0..<5).map { number in
            try fixture.store.attach(container: "c\(number)", network: "bridge", ports: PortRequest.parse("80"))
        }
        #expect(all.map(\.shard) == [0, 0, 1, 1, 2])
        let bridges = try fixture.hostState().filter { $0.hasPrefix("link tare-") }
        #expect(bridges.count == 3)
        try fixture.serve(all[4], port: 80)
        let address = try #require(all[4].address).description
        let own = try #require(all[0].address).description
        #expect(try fixture.ask(address, 80, from: all[0].namespace) == "c4 \(own)")
        #expect(try fixture.lookUp("c4", from: all[2]) == [address])
        #expect(try fixture.ask("127.0.0.1", all[4].ports[0].hostPort)?.hasPrefix("c4") == true)
        for attachment in all { try fixture.store.detach(container: attachment.container) }
        #expect(try fixture.hostState() == before)
    }

    @Test("a full network says so, and a freed address is given again")
    func full() throws {
        let fixture = try NetworkFixture()
        var options = NetworkOptions()
        options.subnet = Subnet("10.50.0.0/29")
        try fixture.store.create("small", options)
        for number in 0..<5 { _ = try fixture.store.attach(container: "c\(number)", network: "small") }
        do {
            _ = try fixture.store.attach(container: "c5", network: "small")
            Issue.record("a sixth address of five")
        } catch { #expect(error.code == .exhausted) }
        try fixture.store.detach(container: "c2")
        let again = try fixture.store.attach(container: "c5", network: "small")
        #expect(again.address?.description == "10.50.0.4")
    }

    @Test("every place of a plan has an address of its own inside its shard", arguments: [2, 5, 1000, 5000])
    func plan(capacity: Int) throws {
        let subnet = try #require(Subnet("10.96.0.0/16"))
        let plan = try #require(AddressPlan(subnet: subnet, subnet6: Subnet("fd00::/64"), capacity: capacity))
        var seen: Set<IPAddress> = []
        for shard in stride(from: 0, to: plan.shards, by: max(1, plan.shards / 16)) {
            let gateway = plan.gateway(shard)
            let own = try #require(Subnet(address: gateway, prefix: plan.prefix))
            for place in 0..<plan.capacity {
                let address = plan.address(shard, place)
                #expect(own.contains(address) && subnet.contains(address) && address != gateway)
                #expect(seen.insert(address).inserted)
                if let six = plan.address6(shard, place) { #expect(seen.insert(six).inserted) }
            }
            // The last address is the broadcast's.
            #expect(
                plan.address(shard, plan.capacity - 1) < own.address.advanced(by: UInt64(1) << (32 - plan.prefix) - 1))
        }
        #expect(plan.places <= 65536 && plan.capacity <= capacity)
    }
}
