extension SeccompProfile {
    /// The default profile: an allowlist after the one that docker documents ("Seccomp security profiles for Docker"),
    /// with one difference: tracing other processes needs CAP_SYS_PTRACE on every kernel.
    ///
    /// Calls of architectures other than x86-64 and arm64 and their 32-bit modes are left out.
    public static let standard: SeccompProfile = {
        var rules = [Rule(StandardCalls.open, .allow)]
        // Families of sockets without those that reach past the network namespace or have been ways into the kernel.
        let families: [UInt64] = [
            13, 14, 15, 16, 17, 18, 21, 22, 24, 26, 27, 28, 29, 30, 31, 32, 33, 35, 36, 39, 41, 42, 43, 44, 45,
        ]
        rules.append(Rule(["socket"], .allow, Condition(argument: 0, .less, 12)))
        rules += families.map { Rule(["socket"], .allow, Condition(argument: 0, .equal, $0)) }
        // Linux, short inodes, 32-bit numbers, both, and the question which one holds.
        let personalities: [UInt64] = [0, 8, 0x20000, 0x20008, 0xffff_ffff]
        rules += personalities.map { Rule(["personality"], .allow, Condition(argument: 0, .equal, $0)) }
        rules.append(Rule(StandardCalls.arm, .allow, on: "aarch64"))
        rules.append(Rule(StandardCalls.intel, .allow, on: "x86_64"))
        for (names, calls) in StandardCalls.byCapability {
            var rule = Rule(calls, .allow)
            rule.withAny = Set(names.compactMap { Capability($0) })
            rules.append(rule)
        }
        // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET: no new namespaces without CAP_SYS_ADMIN.
        var clone = Rule(["clone"], .allow, Condition(argument: 0, .masked(0x7e02_0000), 0))
        clone.without = Capability("SYS_ADMIN")
        rules.append(clone)
        // Its flags are behind a pointer that a filter cannot read. ENOSYS makes the C library fall back to clone.
        var clone3 = Rule(["clone3"], .fail(errno: 38))
        clone3.without = Capability("SYS_ADMIN")
        rules.append(clone3)
        return SeccompProfile(otherwise: .fail(errno: 1), rules: rules)
    }()
}

extension SeccompProfile.Rule {
    fileprivate init(_ calls: [String], _ action: SeccompProfile.Action, _ condition: SeccompProfile.Condition) {
        self.init(calls, action)
        conditions = [condition]
    }

    fileprivate init(_ calls: [String], _ action: SeccompProfile.Action, on architecture: String) {
        self.init(calls, action)
        architectures = [architecture]
    }
}
