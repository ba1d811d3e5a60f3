import Glibc
import TareCore
import TareLinux

/// Whether this user can start containers here, and if not, exactly what is missing.
public struct RootlessAnswer: Sendable, Hashable {
    /// What is missing, a sentence each; empty where containers can be started.
    public var missing: [String]
    /// What works less well than for root, a sentence each.
    public var limits: [String]

    /// Whether containers can be started.
    public var isPossible: Bool { missing.isEmpty }

    /// The answer for this process; reads some small files and looks for programs.
    public static func current() -> RootlessAnswer {
        answer(
            uid: geteuid(),
            user: Environment.nonEmpty("USER") ?? "\(geteuid())",
            cgroups: CgroupLayout.current(),
            value: { FileReading.valueIfPresent(at: $0) },
            find: { ToolSearch.find($0) }
        )
    }

    /// The rule behind `current()`.
    static func answer(
        uid: UInt32,
        user: String,
        cgroups: CgroupLayout,
        value: (String) -> String?,
        find: (String) -> String?
    ) -> RootlessAnswer {
        guard uid != 0 else { return RootlessAnswer(missing: [], limits: []) }
        var missing: [String] = []
        var limits: [String] = []
        if value("/proc/sys/kernel/unprivileged_userns_clone") == "0" {
            missing.append("user namespaces are off for users: sysctl kernel.unprivileged_userns_clone=1")
        }
        if (value("/proc/sys/user/max_user_namespaces") ?? "0") == "0" {
            missing.append("no user namespace is allowed: sysctl user.max_user_namespaces=10000")
        }
        if value("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1" {
            missing.append("AppArmor forbids users namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0")
        }
        for program in ["newuidmap", "newgidmap"] where find(program) == nil {
            missing.append("\(program) is not installed: the Debian package uidmap has it")
        }
        for file in ["/etc/subuid", "/etc/subgid"] {
            let lines = (value(file) ?? "").split(separator: "\n")
            let has = lines.contains { $0.hasPrefix("\(user):") || $0.hasPrefix("\(uid):") }
            if !has { missing.append("\(file) has no range for \(user): usermod --add-subuids 100000-165535 \(user)") }
        }
        switch cgroups.version {
        case .v2 where cgroups.isWritable: break
        case .v2: limits.append("no limits: the v2 tree is not delegated to this user")
        case .v1, .hybrid, .none: limits.append("no limits: control groups of v1 cannot be delegated to a user")
        }
        return RootlessAnswer(missing: missing, limits: limits)
    }
}
