import TareCore

extension MachinePlan {
    /// The descriptors that QEMU inherits, by number.
    enum Inherited {
        static let monitor: Int32 = 3
        static let marks: Int32 = 4
        static let initialRoot: Int32 = 5
    }

    /// What is wrong with the plan, or `nil`.
    func fault() -> TareError? {
        func wrong(_ text: String) -> TareError { TareError(.usage, subject: name, text) }
        if memory.bytes < 16 << 20 { return wrong("a guest needs at least 16 MiB of memory, not \(memory)") }
        if memory.bytes % (1 << 20) != 0 { return wrong("a guest's memory is whole MiB, not \(memory)") }
        if cpus < 1 { return wrong("a guest needs a CPU") }
        if isCounted, accelerator != .emulated { return wrong("instructions are counted in an emulated guest only") }
        if board == .bare, disk != nil || !forwards.isEmpty {
            return wrong("the bare board has no disk and no network")
        }
        if !nodes.isEmpty {
            if board != .pc { return wrong("memory nodes need the board pc") }
            if nodes.reduce(ByteCount.zero, { $0 + $1.memory }) != memory {
                return wrong("the nodes' memory is not its memory")
            }
            if nodes.contains(where: { $0.distances.count != nodes.count }) {
                return wrong("each node needs a distance to each of \(nodes.count)")
            }
        }
        return nil
    }

    /// QEMU's command line after its name.
    ///
    /// - Parameter plugin: the counting plugin, where instructions are counted.
    /// - Returns: one word each.
    func arguments(plugin: String?) -> [String] {
        var words = ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-name", name]
        words += machine + processors + ["-m", "\(memory.bytes >> 20)"] + memoryBacking
        words += ["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"]
        words += [
            "-chardev", "socket,id=monitor,fd=\(Inherited.monitor)", "-mon", "chardev=monitor,mode=control",
        ]
        words += ["-kernel", kernel]
        // The kernel is loaded before the first instruction, so a descriptor that was a file of no name will do.
        if !initialRoot.isEmpty { words += ["-initrd", "/proc/self/fd/\(Inherited.initialRoot)"] }
        words += ["-append", commandLine.joined(separator: " ")]
        words += devices
        if isCounted {
            words += ["-icount", "shift=0,sleep=off", "-seed", "1", "-rtc", "base=2026-01-01,clock=vm"]
            if let plugin { words += ["-plugin", "\(plugin),fd=\(Inherited.marks)"] }
        }
        return words
    }

    private var machine: [String] {
        var type =
            switch board {
            case .bare: "microvm,acpi=off"
            case .micro: "microvm,acpi=on,rtc=on,pit=on,pic=on"
            case .pc: "pc"
            }
        type += ",mem-merge=\(isMergeable ? "on" : "off")"
        if nodes.isEmpty { type += ",memory-backend=ram" }
        return ["-machine", type]
    }

    private var processors: [String] {
        switch accelerator {
        case .kvm: ["-accel", "kvm", "-cpu", "host", "-smp", "\(processorCount)"]
        // Without a size, the buffer of translated code takes up to a quarter of the host's memory.
        case .emulated:
            ["-accel", "tcg,tb-size=\(board == .micro ? 128 : 32)", "-cpu", "max", "-smp", "\(processorCount)"]
        }
    }

    private var processorCount: Int { nodes.map(\.cpus.upperBound).max().map { $0 + 1 } ?? cpus }

    private var memoryBacking: [String] {
        guard !nodes.isEmpty else { return ["-object", "memory-backend-ram,id=ram,size=\(memory.bytes)"] }
        var words: [String] = []
        for (id, node) in nodes.enumerated() {
            words += ["-object", "memory-backend-ram,id=m\(id),size=\(node.memory.bytes)"]
            words += [
                "-numa", "node,nodeid=\(id),cpus=\(node.cpus.lowerBound)-\(node.cpus.upperBound),memdev=m\(id)",
            ]
        }
        for (id, node) in nodes.enumerated() {
            for (other, distance) in node.distances.enumerated() where other != id {
                words += ["-numa", "dist,src=\(id),dst=\(other),val=\(distance)"]
            }
        }
        return words
    }

    private var commandLine: [String] {
        var words = ["console=ttyS0", "quiet", "panic=-1", "reboot=t", "nokaslr", "cryptomgr.notests"]
        if disk != nil { words += ["root=/dev/vda", "rw", "rootflags=noinit_itable"] }
        if !forwards.isEmpty { words.append("net.ifnames=0") }
        if board == .micro {
            // Debian's kernel has no clock to measure the counter by on this board; counted, an instruction is 1 ns.
            words.append("tsc_early_khz=\(isCounted ? 1_000_000 : counterKilohertz ?? 1_000_000)")
        }
        return words + kernelArguments
    }

    private var devices: [String] {
        let bus = board == .pc ? "pci" : "device"
        var words: [String] = []
        if let disk {
            let discarding = disk.isDiscarded ? ",snapshot=on" : ""
            words += [
                "-drive", "file=\(disk.path),if=none,id=disk,format=\(disk.format.rawValue)\(discarding)",
                "-device", "virtio-blk-\(bus),drive=disk",
            ]
        }
        if !forwards.isEmpty {
            let ports = forwards.sorted { $0.key < $1.key }.map { ",hostfwd=tcp:127.0.0.1:\($0.key)-:\($0.value)" }
            words += [
                "-netdev", "user,id=net" + ports.joined(), "-device", "virtio-net-\(bus),netdev=net",
            ]
        }
        // Without a source of randomness the service manager waits for one.
        if disk != nil { words += ["-device", "virtio-rng-\(bus)"] }
        if reportsFreePages { words += ["-device", "virtio-balloon-\(bus),free-page-reporting=on"] }
        return words
    }
}
