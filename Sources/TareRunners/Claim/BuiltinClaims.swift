import TareCore
import TareExperiment

/// The sentence that Tare exists for, taken apart into claims that can be decided.
///
/// "The OS alone takes a lot of resources, 60% to 70% of the disk and a lot of memory; most of the time the same OS runs
/// on multiple VMs, i.e. there is duplication; a container (app + runtime) consumes little and is lightweight."
public enum BuiltinClaims {
    /// Disk share of the guest OS: the only part of the sentence that comes with numbers.
    public static let osDisk = "os-share-disk"
    /// Memory share of the guest OS.
    public static let osMemory = "os-share-memory"
    /// What a shared base would save: the same bytes stored once a VM.
    public static let duplication = "os-duplication"
    /// What the same services take as containers.
    public static let lightweight = "container-disk"

    /// Instances beside each other where a claim is about several.
    public static let instances = 10

    /// The four claims, in the order of the sentence.
    ///
    /// Only the first band is the sentence's own. "A lot" and "little" have no number in it: the bands below are this
    /// project's proposals (assumed), shown with the verdict, and `--band` sets others.
    public static let all: [Claim] = [
        Claim(
            id: osDisk, text: "the OS alone takes 60% to 70% of the disk",
            quantity: share(.os, .used), low: 0.6, high: 0.7),
        Claim(
            id: osMemory, text: "the OS alone takes a lot of memory (a lot: at least 30%)",
            quantity: QuantityExpression(function: .share(.os, .vm), quantity: MemoryWeight.pss.quantity), low: 0.3),
        Claim(
            id: duplication,
            text:
                "the same OS runs on multiple VMs: of what \(instances) VMs store, at least half is the OS, \(instances) times over",
            quantity: QuantityExpression(
                function: .share(.os, .vm), quantity: DiskWeight.allocated.quantity, subject: "host"),
            low: 0.5),
        Claim(
            id: lightweight,
            text: "a container is lightweight: \(instances) containers take at most half the disk of \(instances) VMs",
            quantity: QuantityExpression(
                function: .ratio(.container, .vm), quantity: DiskWeight.allocated.quantity, subject: "host"),
            high: 0.5),
    ]

    private static func share(_ owner: Owner, _ weight: DiskWeight) -> QuantityExpression {
        QuantityExpression(function: .share(owner, .vm), quantity: weight.quantity)
    }
}
