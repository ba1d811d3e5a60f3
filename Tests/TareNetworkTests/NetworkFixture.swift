import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareNetwork

/// A host of its own: a network namespace with a loopback link, and a store whose bridges and rules are made in there.
///
/// Everything goes when the value does, whatever the test did.
final class NetworkFixture {
    let folder: String
    let store: NetworkStore
    var servers: [EchoServer] = []
    private var pinned: [String] = []

    var hostPath: String { "\(folder)/host" }

    init(_ adjust: (inout NetworkSettings) -> Void = { _ in }) throws {
        folder = "/tmp/tare-network-\(getpid())-\(HostClock.monotonicNanoseconds())"
        try FolderMaking.make(folder)
        let host = "\(folder)/host"
        try NetworkNamespace.make(at: host) { () throws(TareError) in
            var batch = NetlinkBatch()
            batch.change(.loopback, .up)
            try NetlinkConnection(.route).commit(batch)
        }
        pinned = [host]
        var settings = NetworkSettings()
        settings.hostNamespace = host
        settings.resolverFile = "\(folder)/resolv.conf"
        try AtomicFile.write(settings.resolverFile, text: "nameserver 192.0.2.53\n")
        adjust(&settings)
        store = try NetworkStore(root: "\(folder)/store", settings: settings)
    }

    deinit {
        for server in servers { server.stop() }
        for attachment in (try? store.attachments()) ?? [] { try? store.detach(container: attachment.container) }
        for name in NetworkStore.names(in: "\(folder)/store/netns") {
            try? NetworkNamespace.remove(at: "\(folder)/store/netns/\(name)")
        }
        for path in pinned { try? NetworkNamespace.remove(at: path) }
        Fixtures.removeTree(folder)
    }

    /// Runs `body` inside the fixture's host.
    func inHost<Value>(_ body: () throws(TareError) -> Value) throws -> Value {
        try NetworkNamespace(opening: hostPath).run(body)
    }

    /// Starts a server inside a container that answers every connection with its name.
    func serve(_ attachment: NetworkAttachment, port: UInt16, transport: TransportProtocol = .tcp) throws {
        let path = try #require(attachment.namespace)
        servers.append(
            try EchoServer(namespace: path, port: port, transport: transport, answer: attachment.container)
        )
    }

    /// What a server answers when asked from a namespace; `nil` where nobody does within a second.
    func ask(
        _ address: String,
        _ port: UInt16,
        from path: String? = nil,
        transport: TransportProtocol = .tcp
    ) throws -> String? {
        try NetworkNamespace(opening: path ?? hostPath).run { () throws(TareError) in
            EchoServer.ask(address, port, transport: transport)
        }
    }

    /// A machine beside the host: a namespace with a link to it.
    ///
    /// The host is 198.51.100.1 there, it is 198.51.100.2.
    func neighbour() throws -> String {
        let path = "\(folder)/neighbour"
        try NetworkNamespace.make(at: path) { () throws(TareError) in }
        pinned.append(path)
        let namespace = try NetworkNamespace(opening: path)
        let raw = namespace.raw
        try inHost { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            var pair = NetlinkBatch()
            pair.addPair(
                "uplink",
                bridge: nil,
                peer: PeerLink(name: "eth0", mac: [2, 0, 0, 0, 0, 9], namespace: raw)
            )
            try kernel.commit(pair)
            var address = NetlinkBatch()
            let link = try kernel.link("uplink")?.index ?? 0
            address.addAddress(IPAddress(unchecked: [198, 51, 100, 1]), prefix: 24, link: link)
            try kernel.commit(address)
        }
        try namespace.run { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            let link = try kernel.link("eth0")?.index ?? 0
            var batch = NetlinkBatch()
            batch.change(.index(link), .up)
            batch.addAddress(IPAddress(unchecked: [198, 51, 100, 2]), prefix: 24, link: link)
            try kernel.commit(batch)
            try kernel.awaitOperational("eth0")
        }
        try inHost { () throws(TareError) in _ = try NetlinkConnection(.route).awaitOperational("uplink") }
        return path
    }

    /// Everything that the host's namespace has, in words: links, addresses, routes, rules, forwarding.
    func hostState() throws -> [String] {
        try inHost { () throws(TareError) in
            let kernel = try NetlinkConnection(.route)
            let rules = try NetlinkConnection(.netfilter)
            var state = try kernel.links().map { "link \($0.name)" }
            state += try kernel.addresses().map { "address \($0.address)" }
            state += try kernel.routes().filter { $0.destination.prefix > 0 }.map { "route \($0.destination)" }
            for isIPv6 in [false, true] { state += try rules.tables(isIPv6: isIPv6).map { "table \($0)" } }
            state.append("forwarding \(KernelSetting.read("net/ipv4/ip_forward") ?? "")")
            return state.sorted()
        }
    }

    /// `tare-net` as it was built with the tests.
    static let helper = program("tare-net")

    /// A program of this package beside the running tests.
    static func program(_ name: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let beside = PathText.join(PathText.folder(of: own), name)
        return FileReading.exists(beside) ? beside : "/\(root)/.build/debug/\(name)"
    }

    /// The addresses of a name as a container is told them.
    func lookUp(
        _ name: String,
        type: UInt8 = 1,
        from attachment: NetworkAttachment,
        transport: TransportProtocol = .udp
    ) throws -> [String]? {
        let path = try #require(attachment.namespace)
        let server = try #require(attachment.nameServers.first)
        return try NetworkNamespace(opening: path).run { () throws(TareError) in
            NameQuestion.ask(name, type: type, server: server, transport: transport)
        }
    }

    /// The rules as nft prints them.
    func ruleset() throws -> String { try Fixtures.run(["nft", "list", "ruleset"], in: hostPath) }
}
