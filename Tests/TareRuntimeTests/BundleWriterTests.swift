import FoundationEssentials
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareRuntime

@Suite struct BundleWriterTests {
    private let host = HostLimits(
        capabilities: Capability.all.subtracting([Capability("SYS_RESOURCE")].compactMap { $0 }),
        mayRaise: false,
        hard: ["RLIMIT_NOFILE": 20_000, "RLIMIT_NPROC": 100]
    )

    private var writer: BundleWriter { BundleWriter(host: host, architecture: "x86_64", groups: nil) }

    private func written(_ configuration: ContainerConfiguration) throws -> (text: String, warnings: [String]) {
        let folder = "/tmp/tare-bundle-\(UInt64.random(in: 0 ... .max))"
        try FolderMaking.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let warnings = try writer.write(configuration, to: folder, cgroup: "/tare/x")
        return (try FileReading.text(at: "\(folder)/config.json"), warnings)
    }

    /// Everything set.
    private var full: ContainerConfiguration {
        var all = ContainerConfiguration(root: "/images/root", arguments: ["/bin/server", "--port", "80"])
        all.isRootReadOnly = true
        all.environment = ["A=1", "B=x=y", "C="]
        all.workingFolder = "/srv"
        all.user = ContainerUser(uid: 1000, gid: 100, additionalGroups: [4, 27], umask: 0o22)
        all.capabilities = .privileged
        all.mounts = [.bind("/data", to: "/var/data", isReadOnly: true), .tmpfs("/run", options: ["size=1m"])]
        all.processLimits = [ProcessLimit(type: "RLIMIT_NOFILE", soft: 1024, hard: 1_048_576)]
        all.limits.memory = .mebibytes(64)
        all.limits.memoryAndSwap = .mebibytes(96)
        all.limits.memoryReservation = .mebibytes(32)
        all.limits.cpuQuota = 50_000
        all.limits.cpuPeriod = 100_000
        all.limits.cpuShares = 512
        all.limits.cpus = "0-1"
        all.limits.memoryNodes = "0"
        all.limits.tasks = 100
        all.limits.ioWeight = 100
        all.limits.ioRates = CgroupIORate.Kind.allCases.map {
            CgroupIORate(major: 254, minor: 0, kind: $0, rate: 1_000_000)
        }
        all.limits.realtimeRuntime = 1000
        all.limits.hugePages = ["2MB": .mebibytes(4)]
        all.limits.networkClass = 7
        all.devices = [ContainerDevice(path: "/dev/fuse", type: "c", major: 10, minor: 229)]
        all.namespaces.network = .path("/run/netns/tare-x")
        all.namespaces.ipc = .host
        all.namespaces.identities = IdentityMaps(
            users: [.init(containerID: 0, hostID: 100_000, size: 65_536)],
            groups: [.init(containerID: 0, hostID: 100_000, size: 65_536)]
        )
        all.kernelSettings = ["net.core.somaxconn": "1024"]
        all.annotations = ["org.example": "word"]
        all.hooks.createRuntime = [.init(path: "/bin/true", args: ["true"], env: ["X=1"], timeout: 5)]
        all.hooks.poststop = [.init(path: "/bin/true", args: ["true"])]
        all.hasTerminal = true
        all.oomScore = 500
        return all
    }

    @Test(
        "bundles hold to the strict schema of the runtime specification",
        .enabled(if: JSONSchemaCheck.isAvailable, "python3-jsonschema is missing")
    )
    func schema() throws {
        var open = full
        open.seccomp = .unconfined
        open.namespaces = NamespaceChoices()
        for configuration in [ContainerConfiguration(root: "/r", arguments: ["/a"]), full, open] {
            let text = try written(configuration).text
            #expect(try JSONSchemaCheck.complaints(about: text, schema: JSONSchemaCheck.path(of: "bundle")) == "")
        }
        let wrong = try written(full).text.replacing("\"ociVersion\":\"1.0.2\"", with: "\"ociVersion\":\"1.1.0\"")
        #expect(try JSONSchemaCheck.complaints(about: wrong, schema: JSONSchemaCheck.path(of: "bundle")) != "")
    }

    @Test("the same configuration gives the same bytes")
    func deterministic() throws {
        #expect(try written(full).text == written(full).text)
    }

    @Test("the specification says what the configuration says")
    func content() throws {
        let spec = try JSONDecoder().decode(RuntimeSpec.self, from: Data(written(full).text.utf8))
        #expect(spec.process.args == ["/bin/server", "--port", "80"])
        #expect(spec.process.user.additionalGids == [4, 27])
        #expect(spec.root.readonly)
        #expect(spec.linux.cgroupsPath == "/tare/x")
        #expect(spec.linux.namespaces.contains { $0.type == "network" && $0.path == "/run/netns/tare-x" })
        #expect(!spec.linux.namespaces.contains { $0.type == "ipc" })
        #expect(!spec.mounts.contains { $0.destination == "/dev/mqueue" })
        #expect(spec.mounts.last?.destination == "/run")
        #expect(spec.linux.resources.devices?.first?.allow == false)
        #expect(spec.linux.resources.blockIO?.throttleWriteIOPSDevice?.first?.rate == 1_000_000)
        // Not root: in effect it has none.
        #expect(spec.process.capabilities.effective == [])
        #expect(spec.process.capabilities.bounding.count == 40)
        #expect(spec.process.capabilities.ambient == [])
    }

    @Test("what the host cannot give is cut and said, not passed on")
    func clamps() throws {
        var wanted = ContainerConfiguration(root: "/r", arguments: ["/a"])
        wanted.capabilities = .only(Set(["SYS_RESOURCE", "CHOWN"].compactMap { Capability($0) }))
        wanted.processLimits = [
            ProcessLimit(type: "RLIMIT_NOFILE", soft: 30_000, hard: 1_048_576),
            ProcessLimit(type: "RLIMIT_NPROC", soft: 10, hard: 100),
        ]
        wanted.oomScore = -500
        let (possible, warnings) = try host.clamped(wanted)
        #expect(possible.capabilities.given.map(\.description) == ["CAP_CHOWN"])
        #expect(possible.processLimits[0] == ProcessLimit(type: "RLIMIT_NOFILE", soft: 20_000, hard: 20_000))
        #expect(possible.processLimits[1] == wanted.processLimits[1])
        #expect(possible.oomScore == 0)
        #expect(warnings.count == 3)
        #expect(warnings[0].contains("CAP_SYS_RESOURCE"))
        #expect(warnings[1].contains("20000"))
        let free = HostLimits(capabilities: Capability.all, mayRaise: true, hard: ["RLIMIT_NOFILE": 20_000])
        #expect(try free.clamped(wanted).warnings == [])
        #expect(try free.clamped(wanted).configuration == wanted)
    }

    @Test("a configuration that no runtime would take is refused by the part's name")
    func refuses() throws {
        let changes: [(String, (inout ContainerConfiguration) -> Void)] = [
            ("arguments", { $0.arguments = [] }), ("arguments", { $0.arguments = [""] }),
            ("arguments", { $0.arguments = ["/a\0b"] }), ("root", { $0.root = "relative" }),
            ("working folder", { $0.workingFolder = "" }), ("environment", { $0.environment = ["NAME"] }),
            ("environment", { $0.environment = ["=value"] }),
            ("mounts", { $0.mounts = [.bind("relative", to: "/x")] }),
            ("mounts", { $0.mounts = [.tmpfs("relative")] }), ("OOM score", { $0.oomScore = 1001 }),
            ("host name", { $0.namespaces.hostName = .host }),
            ("memory", { $0.limits.memoryAndSwap = .mebibytes(1) }),
            ("RLIMIT_FILES", { $0.processLimits = [ProcessLimit(type: "RLIMIT_FILES", soft: 1, hard: 1)] }),
            ("RLIMIT_NOFILE", { $0.processLimits = [ProcessLimit(type: "RLIMIT_NOFILE", soft: 2, hard: 1)] }),
        ]
        for (subject, change) in changes {
            var configuration = ContainerConfiguration(root: "/r", arguments: ["/a"])
            change(&configuration)
            let error = #expect(throws: TareError.self) { try written(configuration) }
            #expect(error?.code == .invalid)
            #expect(error?.subject == subject)
        }
    }

    @Test("a limit without a controller is refused before anything is written")
    func controllers() throws {
        guard let groups = try? Cgroups.current(), groups.interface == .v1 else { return }
        var configuration = ContainerConfiguration(root: "/r", arguments: ["/a"])
        configuration.limits.networkClass = 1
        let careful = BundleWriter(host: host, architecture: "x86_64", groups: groups)
        if FileReading.exists("/sys/fs/cgroup/net_cls") { return }
        let error = #expect(throws: TareError.self) {
            try careful.write(configuration, to: "/nowhere", cgroup: "/tare/x")
        }
        #expect(error?.code == .unavailable)
        #expect(error?.subject == "cgroup net_cls")
    }
}
