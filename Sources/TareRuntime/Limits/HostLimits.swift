import Glibc
import TareCore
import TareLinux

/// What this host can give to a container at all: even root may lack capabilities and may not raise its hard limits.
public struct HostLimits: Sendable, Hashable {
    /// The bounding set: nothing beyond it can be given to any process.
    public var capabilities: Set<Capability>
    /// Whether hard limits may be raised and OOM scores lowered: CAP_SYS_RESOURCE is in effect.
    public var mayRaise: Bool
    /// The hard limits of this process by the kernel's name.
    public var hard: [String: UInt64]
    /// This process's OOM score adjustment, which cannot be lowered without CAP_SYS_RESOURCE.
    public var oomScore: Int

    /// Takes all of it: for tests.
    public init(capabilities: Set<Capability>, mayRaise: Bool, hard: [String: UInt64], oomScore: Int = 0) {
        self.capabilities = capabilities
        self.mayRaise = mayRaise
        self.hard = hard
        self.oomScore = oomScore
    }

    /// The limits of this process; reads two files of /proc.
    public static func current() -> HostLimits {
        let status = FileReading.valueIfPresent(at: "/proc/self/status") ?? ""
        func mask(_ name: String) -> UInt64 {
            for line in status.split(separator: "\n") where line.hasPrefix(name + ":") {
                return UInt64(line.dropFirst(name.count + 1).filter { $0 != "\t" && $0 != " " }, radix: 16) ?? 0
            }
            return 0
        }
        var hard: [String: UInt64] = [:]
        for (name, number) in kinds {
            var limit = rlimit()
            if getrlimit(__rlimit_resource_t(number), &limit) == 0 { hard[name] = UInt64(limit.rlim_max) }
        }
        let effective = Capability.set(mask: mask("CapEff"))
        return HostLimits(
            capabilities: Capability.set(mask: mask("CapBnd")),
            mayRaise: effective.contains { $0.description == "CAP_SYS_RESOURCE" },
            hard: hard,
            oomScore: Int(FileReading.valueIfPresent(at: "/proc/self/oom_score_adj") ?? "0") ?? 0
        )
    }

    /// The kernel's numbers, from asm-generic/resource.h; the same on x86-64 and arm64.
    static let kinds: [String: UInt32] = [
        "RLIMIT_CPU": 0, "RLIMIT_FSIZE": 1, "RLIMIT_DATA": 2, "RLIMIT_STACK": 3, "RLIMIT_CORE": 4, "RLIMIT_RSS": 5,
        "RLIMIT_NPROC": 6, "RLIMIT_NOFILE": 7, "RLIMIT_MEMLOCK": 8, "RLIMIT_AS": 9, "RLIMIT_LOCKS": 10,
        "RLIMIT_SIGPENDING": 11, "RLIMIT_MSGQUEUE": 12, "RLIMIT_NICE": 13, "RLIMIT_RTPRIO": 14, "RLIMIT_RTTIME": 15,
    ]

    /// A configuration that this host can run, and what had to be cut for that.
    ///
    /// - Parameter configuration: what was wanted; not changed.
    /// - Returns: the configuration, `privileged` replaced by the capabilities that it means here, and one sentence a cut.
    /// - Throws: `invalid` for a limit that the kernel does not know, or a soft one above its hard one.
    public func clamped(
        _ configuration: ContainerConfiguration
    ) throws(TareError) -> (configuration: ContainerConfiguration, warnings: [String]) {
        var result = configuration
        var warnings: [String] = []
        switch configuration.capabilities {
        case .privileged: result.capabilities = .only(capabilities)
        case .only(let wanted):
            let missing = wanted.subtracting(capabilities).sorted()
            if !missing.isEmpty {
                result.capabilities = .only(wanted.intersection(capabilities))
                let names = missing.map(\.description).joined(separator: ", ")
                warnings.append("\(names) not given: the host's own bounding set lacks it")
            }
        }
        result.processLimits = []
        for limit in configuration.processLimits {
            guard Self.kinds[limit.type] != nil else {
                throw TareError(
                    .invalid,
                    subject: limit.type,
                    "cannot set a limit of that name: the kernel has none",
                    hint: "the names are \(Self.kinds.keys.sorted().joined(separator: ", "))"
                )
            }
            guard limit.soft <= limit.hard else {
                throw TareError(
                    .invalid,
                    subject: limit.type,
                    "cannot set the soft limit \(limit.soft): it is above the hard limit \(limit.hard)"
                )
            }
            var possible = limit
            if !mayRaise, let most = hard[limit.type], limit.hard > most {
                possible.hard = most
                possible.soft = min(limit.soft, most)
                warnings.append(
                    "\(limit.type) is \(most), not \(limit.hard): only CAP_SYS_RESOURCE raises a hard limit")
            }
            result.processLimits.append(possible)
        }
        if !mayRaise, let score = configuration.oomScore, score < oomScore {
            result.oomScore = oomScore
            warnings.append("the OOM score is \(oomScore), not \(score): only CAP_SYS_RESOURCE lowers it")
        }
        return (result, warnings)
    }
}
