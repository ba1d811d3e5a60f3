import TareCore

extension RuntimeSpec {
    /// The specification of a configuration that has been clamped and checked.
    init(_ configuration: ContainerConfiguration, cgroup: String, architecture: String) {
        let capabilities = configuration.capabilities.given
        let mounts =
            (configuration.hasStandardMounts ? StandardMounts.all(for: configuration) : [])
            + configuration.mounts.map {
                MountSpec(destination: $0.destination, type: $0.type, source: $0.source, options: $0.options)
            }
        self.init(
            process: ProcessSpec(configuration),
            root: Root(path: configuration.root, readonly: configuration.isRootReadOnly),
            hostname: configuration.namespaces.hostName == .host ? nil : configuration.hostName,
            mounts: mounts,
            hooks: configuration.hooks == ContainerHooks() ? nil : configuration.hooks,
            annotations: configuration.annotations.isEmpty ? nil : configuration.annotations,
            linux: LinuxSpec(
                configuration,
                cgroup: cgroup,
                seccomp: configuration.seccomp.profile.map { profile in
                    SeccompSpec(
                        profile.resolved(capabilities: capabilities, architecture: architecture),
                        architecture: architecture
                    )
                }
            )
        )
    }
}

extension ProcessSpec {
    /// The process of a configuration.
    init(_ configuration: ContainerConfiguration) {
        let names = configuration.capabilities.given.sorted().map(\.description)
        // Another user than root starts with none in effect, as docker has it; set-uid programs may gain them.
        let held = configuration.user.uid == 0 ? names : []
        self.init(
            terminal: configuration.hasTerminal,
            user: User(
                uid: configuration.user.uid,
                gid: configuration.user.gid,
                umask: configuration.user.umask,
                additionalGids: configuration.user.additionalGroups.isEmpty
                    ? nil : configuration.user.additionalGroups
            ),
            args: configuration.arguments,
            env: configuration.environment,
            cwd: configuration.workingFolder,
            capabilities: Capabilities(
                bounding: names,
                effective: held,
                inheritable: [],
                permitted: held,
                ambient: []
            ),
            rlimits: configuration.processLimits.isEmpty ? nil : configuration.processLimits,
            noNewPrivileges: configuration.hasNoNewPrivileges,
            oomScoreAdj: configuration.oomScore
        )
    }
}

extension LinuxSpec {
    /// The namespaces, devices and limits of a configuration.
    init(_ configuration: ContainerConfiguration, cgroup: String, seccomp: SeccompSpec?) {
        let choices = configuration.namespaces
        var namespaces = [Namespace(type: "mount")]
        for (type, choice) in [
            ("pid", choices.processes), ("network", choices.network), ("ipc", choices.ipc), ("uts", choices.hostName),
            ("cgroup", choices.cgroup),
        ] {
            switch choice {
            case .own: namespaces.append(Namespace(type: type))
            case .path(let path): namespaces.append(Namespace(type: type, path: path))
            case .host: break
            }
        }
        if choices.identities != nil { namespaces.append(Namespace(type: "user")) }
        let nodes = configuration.devices.map {
            Device(
                path: $0.path,
                type: $0.type,
                major: $0.major,
                minor: $0.minor,
                fileMode: $0.mode,
                uid: 0,
                gid: 0
            )
        }
        let rules = configuration.devices.map {
            ResourcesSpec.DeviceRule(allow: true, type: $0.type, major: $0.major, minor: $0.minor, access: $0.access)
        }
        // Nothing may be opened but what follows; the runtimes add null, zero, full, random, urandom, tty and terminals.
        let nothing = ResourcesSpec.DeviceRule(allow: false, access: "rwm")
        self.init(
            namespaces: namespaces,
            uidMappings: choices.identities?.users,
            gidMappings: choices.identities?.groups,
            devices: nodes.isEmpty ? nil : nodes,
            cgroupsPath: cgroup,
            resources: ResourcesSpec(configuration.limits, devices: [nothing] + rules),
            sysctl: configuration.kernelSettings.isEmpty ? nil : configuration.kernelSettings,
            seccomp: seccomp,
            maskedPaths: configuration.maskedPaths,
            readonlyPaths: configuration.readOnlyPaths
        )
    }
}

extension CapabilityChoice {
    /// The set; `privileged` is one only after `HostLimits.clamped`.
    var given: Set<Capability> {
        switch self {
        case .only(let set): set
        case .privileged: Capability.all
        }
    }
}

extension SeccompChoice {
    /// The profile, or `nil` for none.
    var profile: SeccompProfile? {
        switch self {
        case .standard: .standard
        case .unconfined: nil
        case .profile(let profile): profile
        }
    }
}
