/// A seccomp profile as the specification has it.
struct SeccompSpec: Codable, Sendable, Hashable {
    struct Argument: Codable, Sendable, Hashable {
        var index: Int
        var value: UInt64
        var valueTwo: UInt64?
        var op: String
    }

    struct Rule: Codable, Sendable, Hashable {
        var names: [String]
        var action: String
        var errnoRet: Int32?
        var args: [Argument]?
    }

    var defaultAction: String
    var defaultErrnoRet: Int32?
    var architectures: [String]
    var syscalls: [Rule]

    /// A profile that is resolved for one container and machine.
    init(_ profile: SeccompProfile, architecture: String) {
        (defaultAction, defaultErrnoRet) = Self.words(of: profile.otherwise)
        architectures =
            architecture == "aarch64"
            ? ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"] : ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
        syscalls = profile.rules.map { rule in
            let (action, number) = Self.words(of: rule.action)
            return Rule(
                names: rule.calls,
                action: action,
                errnoRet: number,
                args: rule.conditions.isEmpty ? nil : rule.conditions.map(Self.argument)
            )
        }
    }

    private static func words(of action: SeccompProfile.Action) -> (String, Int32?) {
        switch action {
        case .allow: ("SCMP_ACT_ALLOW", nil)
        case .fail(let errno): ("SCMP_ACT_ERRNO", errno)
        }
    }

    private static func argument(_ condition: SeccompProfile.Condition) -> Argument {
        switch condition.comparison {
        case .less: Argument(index: condition.argument, value: condition.value, op: "SCMP_CMP_LT")
        case .equal: Argument(index: condition.argument, value: condition.value, op: "SCMP_CMP_EQ")
        case .masked(let mask):
            // In the specification's words the first value is the mask.
            Argument(index: condition.argument, value: mask, valueTwo: condition.value, op: "SCMP_CMP_MASKED_EQ")
        }
    }
}
