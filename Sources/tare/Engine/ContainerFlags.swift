import ArgumentParser
import TareCore
import TareEngine
import TareLinux

/// What a container is given: the flags that `run` and `create` share, as a docker user knows them.
struct ContainerFlags: ParsableArguments {
    @Option(help: "Its name.")
    var name: String?

    @Option(
        name: .shortAndLong, parsing: .singleValue, help: "A variable, NAME=value, or NAME to pass this process's on.")
    var env: [String] = []

    @Option(parsing: .singleValue, help: "A file of variables, one a line.")
    var envFile: [String] = []

    @Option(name: .shortAndLong, parsing: .singleValue, help: "Publish a port: [ADDRESS:][HOST:]CONTAINER[/udp].")
    var publish: [String] = []

    @Flag(name: [.customShort("P"), .long], help: "Publish all exposed ports at free ones.")
    var publishAll = false

    @Option(parsing: .singleValue, help: "Expose a port without publishing it.")
    var expose: [String] = []

    @Option(name: .shortAndLong, parsing: .singleValue, help: "A volume or folder: NAME-or-/host:/container[:ro].")
    var volume: [String] = []

    @Option(parsing: .singleValue, help: "Memory as a file system: /path[:size=64m].")
    var tmpfs: [String] = []

    @Option(name: .shortAndLong, help: "The folder that it starts in.")
    var workdir: String?

    @Option(name: .shortAndLong, help: "User, by name or number, and group: USER[:GROUP].")
    var user: String?

    @Option(parsing: .singleValue, help: "A further group.")
    var groupAdd: [String] = []

    @Option(help: "Replaces the image's entry point; an empty one takes it away.")
    var entrypoint: String?

    @Option(name: [.customShort("h"), .long], help: "The name of the machine that it sees.")
    var hostname: String?

    @Option(help: "Its network: bridge, none, host, or one of `tare network ls`.")
    var network = "bridge"

    @Option(parsing: .singleValue, help: "A further name in its network.")
    var networkAlias: [String] = []

    @Option(parsing: .singleValue, help: "A line for /etc/hosts: NAME:ADDRESS.")
    var addHost: [String] = []

    @Option(parsing: .singleValue, help: "A name server.")
    var dns: [String] = []

    @Option(name: .shortAndLong, parsing: .singleValue, help: "A label: NAME=value.")
    var label: [String] = []

    @Flag(name: .customLong("rm"), help: "Remove it when it ends.")
    var removes = false

    @Option(help: "Start it again: no, always, unless-stopped, on-failure[:N].")
    var restart = "no"

    @OptionGroup(title: "Limits") var limits: LimitFlags

    @OptionGroup(title: "Isolation") var isolation: IsolationFlags

    @OptionGroup(title: "Health, end and log") var care: CareFlags

    @Flag(name: .shortAndLong, help: "Keep its standard input open.")
    var interactive = false

    @Flag(name: .shortAndLong, help: "Give it a terminal.")
    var tty = false

    @Flag(name: .customLong("init"), help: "Its first process is a small init that passes signals on and reaps.")
    var hasInit = false

    /// The engine's words for all of it.
    func options() throws(TareError) -> ContainerOptions {
        var found = ContainerOptions()
        found.name = name
        found.environment = try environment()
        found.ports = publish
        found.exposed = expose
        found.publishesAll = publishAll
        found.mounts = try volume.map { text throws(TareError) in try VolumeMount(text, anonymous: "") }
        for text in tmpfs {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard let place = parts.first, place.hasPrefix("/") else {
                throw TareError(.usage, subject: "--tmpfs \(text)", "the place must be an absolute path")
            }
            let options = parts.count > 1 ? parts[1].split(separator: ",").map(String.init) : []
            found.mounts.append(VolumeMount(source: .memory(options: options), destination: place))
        }
        found.workingFolder = workdir
        found.user = user
        found.additionalGroups = groupAdd
        found.entrypoint = entrypoint.map { $0.isEmpty ? [] : [$0] }
        found.hostName = hostname
        found.network = network
        found.aliases = networkAlias
        found.extraHosts = addHost
        found.nameServers = dns
        for text in label {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            found.labels[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        found.removesItself = removes
        found.restart = try RestartPolicy(restart)
        if removes, found.restart.rule != .no {
            throw TareError(.usage, subject: "--rm", "--rm and --restart exclude each other")
        }
        found.hasInput = interactive
        found.hasTerminal = tty
        found.hasInit = hasInit
        try limits.fill(&found)
        try isolation.fill(&found)
        try care.fill(&found)
        return found
    }

    private func environment() throws(TareError) -> [String] {
        var lines: [String] = []
        for file in envFile {
            for line in try FileReading.text(at: file).split(separator: "\n") where !line.hasPrefix("#") {
                lines.append(String(line))
            }
        }
        return (lines + env).compactMap { line in
            line.contains("=") ? line : Environment.value(line).map { "\(line)=\($0)" }
        }
    }
}
