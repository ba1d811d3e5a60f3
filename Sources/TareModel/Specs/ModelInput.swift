import TareCore

/// What one replication of one arm is computed from.
public struct ModelInput: Sendable, Hashable {
    /// The side that is modelled.
    public enum Arm: Sendable, Hashable {
        /// Guests under a hypervisor.
        case vm(VMPlatformSpec)
        /// Containers under an engine.
        case container(ContainerPlatformSpec)

        /// VM or container.
        public var platform: Platform {
            switch self {
            case .vm: .vm
            case .container: .container
            }
        }
    }

    /// When the instances are asked for.
    public enum Arrival: Sendable, Hashable {
        /// All at time zero.
        case allAtOnce
        /// One every so many seconds.
        case interval(seconds: Double)
    }

    /// The host.
    public var host: HostSpec
    /// The side.
    public var arm: Arm
    /// The services.
    public var services: [ServiceSpec]
    /// The seed: two arms with one seed share the draws of each instance's own service.
    public var seed: UInt64
    /// When the instances are asked for.
    public var arrival: Arrival
    /// Sigma of the lognormal factor, of median 1, on every instance's work (0 for none).
    public var variation: Double
    /// Where instances' memory comes from on a host of several nodes.
    public var memoryPolicy: MemoryPolicy

    /// Makes an input.
    public init(
        host: HostSpec,
        arm: Arm,
        services: [ServiceSpec],
        seed: UInt64,
        arrival: Arrival = .allAtOnce,
        variation: Double = 0.1,
        memoryPolicy: MemoryPolicy = .localFirst
    ) {
        self.host = host
        self.arm = arm
        self.services = services
        self.seed = seed
        self.arrival = arrival
        self.variation = variation
        self.memoryPolicy = memoryPolicy
    }

    /// Instances of all services together.
    public var instances: Int { services.reduce(0) { $0 + max(0, $1.replicas) } }
}
