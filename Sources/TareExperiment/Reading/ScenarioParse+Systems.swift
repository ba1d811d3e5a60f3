import TareCatalog
import TareCore
import Yams

extension ScenarioParse {
    /// The names of the EC2 catalogue; none where the embedded table is damaged, which its own tests would show.
    private var ec2Names: [String] { (try? EC2Catalog.all().map(\.name)) ?? [] }

    mutating func host(_ node: Node?) -> HostChoice {
        guard let node else { return .thisMachine }
        if case .scalar = node {
            _ = word(node, "host", among: ["this"])
            return .thisMachine
        }
        let keys = ["ec2", "cores", "smt", "numa", "memory", "disk", "network"]
        let fields = fields(node, of: "host", known: keys)
        if let ec2 = fields["ec2"] {
            let type = word(ec2, "host.ec2", among: ec2Names) ?? ""
            for key in fields.keys.sorted() where key != "ec2" {
                let hint = "take `ec2` or numbers, not both"
                diagnostics.report(fields[key]?.mark, "host has both `ec2` and `\(key)`", hint: hint)
            }
            return .ec2(type)
        }
        require(["cores", "memory"], in: fields, of: "host", at: node)
        var host = HostNumbers(
            cores: whole(fields["cores"], "host.cores", in: 1...4096) ?? 1,
            threadsPerCore: whole(fields["smt"], "host.smt", in: 1...8) ?? 1,
            nodes: whole(fields["numa"], "host.numa", in: 1...64) ?? 1,
            memory: quantity(fields["memory"], "host.memory", UnitText.someBytes) ?? .zero,
            networkBitsPerSecond: quantity(fields["network"], "host.network", UnitText.bitsPerSecond)
        )
        let threads = host.cores * host.threadsPerCore
        if let place = fields["numa"], host.nodes > threads {
            diagnostics.report(
                place.mark, "host.numa: \(host.nodes) nodes share \(threads) CPUs", hint: "write \(threads) or less")
        }
        if let disk = fields["disk"] {
            let parts = self.fields(disk, of: "host.disk", known: ["size", "bandwidth", "requests"])
            host.diskSize = quantity(parts["size"], "host.disk.size", UnitText.someBytes)
            host.diskBytesPerSecond = quantity(parts["bandwidth"], "host.disk.bandwidth", UnitText.someBytesPerSecond)
            host.diskRequestsPerSecond = quantity(parts["requests"], "host.disk.requests", UnitText.requestsPerSecond)
        }
        return .numbers(host)
    }

    mutating func platforms(_ node: Node?) -> (VMPlatform?, ContainerPlatform?) {
        guard let node else { return (VMPlatform(), ContainerPlatform()) }
        let fields = fields(node, of: "platforms", known: ["vm", "container"])
        if fields.isEmpty { diagnostics.report(node.mark, "platforms names none", hint: "add `vm:` or `container:`") }
        return (fields["vm"].map { vm($0) }, fields["container"].map { container($0) })
    }

    private mutating func vm(_ node: Node) -> VMPlatform {
        var platform = VMPlatform()
        let fields = fields(node, of: "platforms.vm", known: ["profile", "disk"])
        profile(fields["profile"], of: &platform)
        guard let disk = fields["disk"] else { return platform }
        let parts = self.fields(disk, of: "platforms.vm.disk", known: ["volume", "clone"])
        let clones = VMPlatform.Clone.allCases.map(\.rawValue)
        if let clone = word(parts["clone"], "platforms.vm.disk.clone", among: clones) {
            platform.clone = VMPlatform.Clone(rawValue: clone) ?? platform.clone
        }
        if let volume = parts["volume"], let given = text(volume, "platforms.vm.disk.volume") {
            let words = given.split(separator: " ", maxSplits: 1).map(String.init)
            let kinds = ["gp3", "gp2", "io2", "instance-store"]
            if words.count == 2, words[0].first?.isLetter == true {
                if !kinds.contains(words[0]) { unknown(words[0], volume, "platforms.vm.disk.volume", among: kinds) }
                platform.volumeKind = words[0]
            }
            do throws(UnitFailure) {
                platform.volume = try UnitText.someBytes(
                    words.count == 2 && words[0].first?.isLetter == true ? words[1] : given)
            } catch {
                diagnostics.report(volume.mark, "platforms.vm.disk.volume: \(error.message)", hint: error.hint)
            }
        }
        return platform
    }

    private mutating func container(_ node: Node) -> ContainerPlatform {
        let what = "platforms.container"
        let fields = fields(node, of: what, known: ["profile", "storage", "publish"])
        return ContainerPlatform(
            profile: engineProfile(fields["profile"], "\(what).profile"),
            storage: word(fields["storage"], "\(what).storage", among: ContainerPlatform.storages) ?? "overlay",
            publish: whole(fields["publish"], "\(what).publish", in: 1...65535)
        )
    }

    /// A built-in profile, or the path of one that `tare calibrate containers` wrote.
    private mutating func engineProfile(_ node: Node?, _ what: String) -> String {
        let isPath = ["/", "./", "../"].contains { node?.scalar?.string.hasPrefix($0) == true }
        if isPath, let path = node?.scalar?.string { return path }
        return word(node, what, among: ContainerPlatform.profiles) ?? "engine"
    }

    mutating func guests(_ node: Node?) -> [String: GuestSystem] {
        guard let node else { return [:] }
        var guests: [String: GuestSystem] = [:]
        for (name, value) in fields(node, of: "guests", known: nil) { guests[name] = guest(value, name) }
        return guests
    }

    private mutating func guest(_ node: Node, _ name: String) -> GuestSystem {
        let what = "guests.\(name)"
        let fields = fields(node, of: what, known: ["builtin", "os_disk", "kernel", "os_memory", "boot"])
        if let builtin = fields["builtin"] {
            let known = BaseSystem.builtins.filter { $0.role == .guest }.map(\.id)
            return .builtin(word(builtin, "\(what).builtin", among: known) ?? "")
        }
        require(["os_disk", "os_memory"], in: fields, of: what, at: node)
        var phases: [GuestNumbers.Phase] = []
        if let boot = fields["boot"] {
            let rows = self.fields(boot, of: "\(what).boot", known: GuestNumbers.phaseNames)
            for phase in GuestNumbers.phaseNames {
                guard let row = rows[phase] else { continue }
                let place = "\(what).boot.\(phase)"
                let parts = self.fields(row, of: place, known: ["cpu", "width", "read", "requests"])
                phases.append(
                    GuestNumbers.Phase(
                        name: phase,
                        cpuSeconds: quantity(parts["cpu"], "\(place).cpu", UnitText.seconds) ?? 0,
                        width: whole(parts["width"], "\(place).width", in: 1...4096) ?? 1,
                        read: quantity(parts["read"], "\(place).read", UnitText.bytes) ?? .zero,
                        requests: whole(parts["requests"], "\(place).requests", in: 0...100_000_000) ?? 0
                    )
                )
            }
        }
        return .numbers(
            GuestNumbers(
                osDisk: quantity(fields["os_disk"], "\(what).os_disk", UnitText.bytes) ?? .zero,
                kernel: quantity(fields["kernel"], "\(what).kernel", UnitText.bytes) ?? .zero,
                osMemory: quantity(fields["os_memory"], "\(what).os_memory", UnitText.bytes) ?? .zero,
                boot: phases
            )
        )
    }
}
