import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareNetwork

@Suite(.enabled(if: TestGate.isRoot, "root is needed for network namespaces"))
struct StoreTests {
    private func code(_ body: () throws -> Void) -> TareError.Code? {
        do {
            try body()
            return nil
        } catch { return (error as? TareError)?.code }
    }

    @Test("networks are made, listed, inspected and removed; names are unique")
    func networks() throws {
        let fixture = try NetworkFixture()
        let store = fixture.store
        let made = try store.create("front")
        #expect(try store.inspect("front") == made)
        #expect(try store.list().map(\.name) == ["front", "host", "none"])
        #expect(code { try store.create("front") } == .exists)
        #expect(code { try store.create("../front") } == .usage)
        #expect(code { try store.remove("host") } == .invalid)
        #expect(code { try store.remove("back") } == .notFound)
        _ = try store.attach(container: "web", network: "front")
        #expect(code { try store.remove("front") } == .invalid)
        #expect(code { _ = try store.attach(container: "web", network: "front") } == .exists)
        try store.detach(container: "web")
        try store.remove("front")
        #expect(code { _ = try store.attach(container: "web", network: "front") } == .notFound)
    }

    @Test("addresses are chosen beside the host's routes, and stated ones that overlap them are refused")
    func subnets() throws {
        let fixture = try NetworkFixture()
        _ = try fixture.neighbour()
        try fixture.inHost { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            var batch = NetlinkBatch()
            let link = try kernel.link("uplink")?.index ?? 0
            batch.addRoute(to: Subnet("10.96.128.0/24") ?? .allIPv4, gateway: nil, link: link)
            try kernel.commit(batch)
        }
        #expect(try fixture.store.create("one").subnet?.description == "10.97.0.0/16")
        #expect(try fixture.store.create("two").subnet?.description == "10.98.0.0/16")
        var options = NetworkOptions()
        options.subnet = Subnet("198.51.0.0/16")
        #expect(code { try fixture.store.create("three", options) } == .invalid)
        options.subnet = Subnet("10.97.3.0/24")
        #expect(code { try fixture.store.create("three", options) } == .invalid)
    }

    @Test("sixteen attaches and detaches at once get different addresses and ports and leave nothing")
    func atOnce() async throws {
        let fixture = try NetworkFixture()
        let store = fixture.store
        let before = try fixture.hostState()
        let all = try await withThrowingTaskGroup(of: NetworkAttachment.self) { group in
            for number in 0..<16 {
                group.addTask {
                    try store.attach(container: "c\(number)", network: "bridge", ports: PortRequest.parse("80"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(all.compactMap(\.address)).count == 16)
        #expect(Set(all.flatMap(\.ports).map(\.hostPort)).count == 16)
        #expect(try store.repair().isClean)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 { group.addTask { try store.detach(container: "c\(number)") } }
            try await group.waitForAll()
        }
        #expect(try fixture.hostState() == before)
    }

    @Test("a repair removes what a killed command left half made, and keeps what is whole")
    func repair() throws {
        let fixture = try NetworkFixture { $0.helper = NetworkFixture.helper }
        let store = fixture.store
        let keep = try store.attach(container: "keep", network: "bridge", ports: PortRequest.parse("8080:80"))
        try fixture.serve(keep, port: 80)
        let before = try fixture.hostState()
        // Killed after the record, after the namespace, and after everything but the record's last state.
        var half = try store.attach(container: "half", network: "bridge", ports: PortRequest.parse("8081:80"))
        half.isComplete = false
        try store.write(half)
        let gone = try store.attach(container: "gone", network: "bridge")
        try NetworkNamespace.remove(at: try #require(gone.namespace))
        try NetworkStore.replace(store.path("addresses", "bridge", "10.96.0.77"), Array("nobody".utf8))
        try FolderMaking.make(store.path("attachments", "torn"))
        try NetworkStore.replace(store.path("attachments", "torn", "bridge"), Array("{\"conta".utf8))
        let report = try store.repair()
        #expect(report.removed.count >= 4)
        #expect(try fixture.hostState() == before)
        #expect(try store.attachments().map(\.container) == ["keep"])
        #expect(try fixture.ask("127.0.0.1", 8080)?.hasPrefix("keep") == true)
        #expect(try store.repair().isClean)
    }

    @Test("a repair brings flushed rules and a killed helper back")
    func restored() throws {
        let fixture = try NetworkFixture { $0.helper = NetworkFixture.helper }
        let store = fixture.store
        let web = try store.attach(container: "web", network: "bridge", ports: PortRequest.parse("8080:80"))
        try fixture.serve(web, port: 80)
        _ = try Fixtures.run(["nft", "flush", "ruleset"], in: fixture.hostPath)
        #expect(try store.helper(of: store.inspect("bridge")).send("stop") == true)
        #expect(try fixture.ask("127.0.0.1", 8080) == nil)
        #expect(try store.repair().restored.count == 3)
        #expect(try fixture.ask("127.0.0.1", 8080)?.hasPrefix("web") == true)
        #expect(try fixture.lookUp("web", from: web) == ["10.96.0.2"])
        #expect(try store.repair().isClean)
    }

    @Test("what ends with the machine's run is kept apart where a folder for it is named")
    func runFolder() throws {
        let fixture = try NetworkFixture { $0.runFolder = "/tmp/tare-run-\(getpid())" }
        defer { Fixtures.removeTree("/tmp/tare-run-\(getpid())") }
        let web = try fixture.store.attach(container: "web", network: "bridge")
        #expect(web.namespace?.hasPrefix("/tmp/tare-run-") == true)
        #expect(NetworkStore.names(in: fixture.store.root) == ["networks"])
        try fixture.store.detach(container: "web")
        #expect(try fixture.store.inspect("bridge").name == "bridge")
    }

    @Test("the host forwards packets as long as there is a container, and then as before")
    func forwarding() throws {
        let fixture = try NetworkFixture()
        let setting = { try fixture.inHost { () throws(TareError) in KernelSetting.read("net/ipv4/ip_forward") } }
        #expect(try setting() == "0")
        _ = try fixture.store.attach(container: "web", network: "bridge")
        #expect(try setting() == "1")
        let six = try fixture.inHost { () throws(TareError) in KernelSetting.read("net/ipv6/conf/all/forwarding") }
        #expect(six == "0")
        try fixture.store.detach(container: "web")
        #expect(try setting() == "0")
    }

    @Test("the container's files name itself, its servers and the host's search list")
    func files() throws {
        let fixture = try NetworkFixture { $0.helper = NetworkFixture.helper }
        let web = try fixture.store.attach(container: "web", network: "bridge")
        let files = ContainerFiles(
            hostname: "web-1",
            attachments: [web],
            extraHosts: [("db.test", IPAddress(unchecked: [192, 0, 2, 1]))],
            hostResolver: ResolverFile("nameserver 192.0.2.53\nsearch corp.test\noptions ndots:5 edns0\n")
        )
        #expect(files.hostname == "web-1\n")
        #expect(files.hosts.hasSuffix("192.0.2.1\tdb.test\n10.96.0.2\tweb-1\n"))
        #expect(files.hosts.hasPrefix("127.0.0.1\tlocalhost\n"))
        #expect(files.resolver == "nameserver 10.96.0.1\nsearch corp.test\noptions edns0 ndots:0\n")
    }
}
