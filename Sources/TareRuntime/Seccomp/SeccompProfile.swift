/// Which system calls are let through, and on which conditions.
///
/// A profile is written once for all containers and machines; `resolved` leaves out what does not hold for one container's
/// capabilities and one machine's architecture.
public struct SeccompProfile: Sendable, Hashable {
    /// What happens with a system call.
    public enum Action: Sendable, Hashable {
        /// It is made.
        case allow
        /// It fails with an errno.
        case fail(errno: Int32)
    }

    /// A comparison of one argument.
    public struct Condition: Sendable, Hashable {
        /// How an argument is compared.
        public enum Comparison: Sendable, Hashable {
            /// Less than the value.
            case less
            /// Equal to the value.
            case equal
            /// Equal to the value under the mask.
            case masked(UInt64)
        }

        /// Which argument, 0 to 5.
        public var argument: Int
        /// How.
        public var comparison: Comparison
        /// With what.
        public var value: UInt64

        /// Takes the three.
        public init(argument: Int, _ comparison: Comparison, _ value: UInt64) {
            self.argument = argument
            self.comparison = comparison
            self.value = value
        }
    }

    /// Some system calls with one action.
    public struct Rule: Sendable, Hashable {
        /// The kernel's names.
        public var calls: [String]
        /// What happens.
        public var action: Action
        /// All must hold.
        public var conditions: [Condition] = []
        /// Holds only for a container with one of these; empty for any.
        public var withAny: Set<Capability> = []
        /// Does not hold for a container with this.
        public var without: Capability?
        /// Holds only on these machines (`x86_64`, `aarch64`); empty on any.
        public var architectures: Set<String> = []

        /// Takes calls and action.
        public init(_ calls: [String], _ action: Action) {
            self.calls = calls
            self.action = action
        }
    }

    /// What happens with a call that no rule names.
    public var otherwise: Action
    /// The rules; a call is let through where one of its rules holds.
    public var rules: [Rule]

    /// Takes both.
    public init(otherwise: Action, rules: [Rule]) {
        self.otherwise = otherwise
        self.rules = rules
    }

    /// The profile for one container on one machine.
    ///
    /// - Parameters:
    ///   - capabilities: what the container is given.
    ///   - architecture: `x86_64` or `aarch64`.
    /// - Returns: the rules that hold, without conditions on capabilities or machines.
    /// - Complexity: O(rules).
    public func resolved(capabilities: Set<Capability>, architecture: String) -> SeccompProfile {
        let holding = rules.filter { rule in
            (rule.withAny.isEmpty || !rule.withAny.isDisjoint(with: capabilities))
                && !(rule.without.map(capabilities.contains) ?? false)
                && (rule.architectures.isEmpty || rule.architectures.contains(architecture))
        }
        return SeccompProfile(
            otherwise: otherwise,
            rules: holding.map { rule in
                var plain = Rule(rule.calls, rule.action)
                plain.conditions = rule.conditions
                return plain
            }
        )
    }
}
