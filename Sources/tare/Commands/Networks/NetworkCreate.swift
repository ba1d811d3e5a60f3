import ArgumentParser
import TareCore
import TareLinux
import TareNetwork

/// `tare network create`: a network; its bridge comes with the first container.
struct NetworkCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a network whose containers reach each other by name.",
        discussion: """
            Examples:
              tare network create shop
              tare network create --subnet 10.200.0.0/24 --internal backend
              tare network create --ipv6 dual
            """
    )

    @Option(help: "Its IPv4 addresses; chosen where there are none: 10.200.0.0/24.")
    var subnet: String?

    @Option(help: "Its IPv6 addresses.")
    var subnet6: String?

    @Flag(help: "Give it IPv6 addresses too.")
    var ipv6 = false

    @Flag(help: "Its containers reach each other only.")
    var `internal` = false

    @Option(help: "Bytes a packet at most.")
    var mtu: UInt32?

    @Flag(help: "Print one JSON document and nothing else on standard output.")
    var json = false

    @OptionGroup var engineFlags: EngineFlags

    @Argument(help: "Its name.")
    var name: String

    mutating func run() async throws {
        func read(_ text: String?, _ flag: String) throws(TareError) -> Subnet? {
            guard let text else { return nil }
            guard let subnet = Subnet(text) else {
                throw TareError(.usage, subject: "\(flag) \(text)", "not a subnet", hint: "write 10.200.0.0/24")
            }
            return subnet
        }
        var options = NetworkOptions()
        options.subnet = try read(subnet, "--subnet")
        options.subnet6 = try read(subnet6, "--subnet6")
        options.ipv6 = ipv6
        options.mtu = mtu
        options.isInternal = `internal`
        let engine = try engineFlags.engine()
        let made = try engine.networks.create(name, options)
        engine.record(.network, "create", made.name)
        try NamedWork.one(name, made.name, json: json)
    }
}
