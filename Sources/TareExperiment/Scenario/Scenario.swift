import TareCatalog
import TareCore

/// A checked scenario: what a YAML file means, with every unit resolved.
///
/// What a sweep can change (services and workloads) is kept as templates; `resolved(for:)` puts one cell's values in.
///
///     file -> ScenarioReader -> Scenario -> Plan -> resolved(for: cell) -> runner
public struct Scenario: Codable, Sendable, Hashable {
    /// The scenario's name: a word of letters, digits, `-`, `_` and `.`.
    public var name: String
    /// The question that it answers, for people.
    public var question: String?
    /// The claims to judge.
    public var claims: [DeclaredClaim]
    /// The host.
    public var host: HostChoice
    /// The VM side; `nil` where it is not compared.
    public var vm: VMPlatform?
    /// The container side; `nil` where it is not compared.
    public var container: ContainerPlatform?
    /// Guest systems by the name that services use.
    public var guests: [String: GuestSystem]
    /// The services, in the file's order.
    public var services: [ServiceTemplate]
    /// Workloads by the name that services use.
    public var workloads: [String: WorkloadTemplate]
    /// The swept names, sorted.
    public var sweep: [SweepDimension]
    /// How often, in which order, until when.
    public var run: RunSettings

    /// Makes a scenario; the reader does, after it has checked everything.
    public init(
        name: String,
        question: String? = nil,
        claims: [DeclaredClaim] = [],
        host: HostChoice = .thisMachine,
        vm: VMPlatform? = VMPlatform(),
        container: ContainerPlatform? = ContainerPlatform(),
        guests: [String: GuestSystem] = [:],
        services: [ServiceTemplate] = [],
        workloads: [String: WorkloadTemplate] = [:],
        sweep: [SweepDimension] = [],
        run: RunSettings = RunSettings()
    ) {
        self.name = name
        self.question = question
        self.claims = claims
        self.host = host
        self.vm = vm
        self.container = container
        self.guests = guests
        self.services = services
        self.workloads = workloads
        self.sweep = sweep.sorted { $0.name < $1.name }
        self.run = run
    }

    /// The compared sides, VM first.
    public var platforms: [Platform] {
        (vm == nil ? [] : [.vm]) + (container == nil ? [] : [.container])
    }
}
