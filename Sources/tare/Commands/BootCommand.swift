import ArgumentParser
import TareCatalog
import TareCore
import TareGuests
import TareLinux

/// `tare boot`: the start of one real guest, phase by phase.
struct BootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boot",
        abstract: "Boot one real guest with a workload, and say what every phase of its start took.",
        discussion: """
            Examples:
              tare boot debian-12-minimal
              tare boot debian-12-minimal --workload redis --memory 192
              tare boot debian-12-cloud --json

            The guest boots from the disk that `tare claim` weighs, under QEMU: with KVM where `tare doctor` finds it usable, \
            emulated elsewhere. An emulated guest's instructions, bytes, requests and pages are measured; its wall time \
            means nothing and is never printed. Nothing stays behind, whatever happens.
            """
    )

    @Argument(help: "The guest operating system: \(Self.known).")
    var guest: String

    @Option(help: "The service on its disk.")
    var workload = "nginx"

    @Option(help: "The guest's memory in MiB.")
    var memory = 256

    @Option(help: "The longest to wait for its default target, in seconds.")
    var timeout = 1800

    @Option(help: "Where the first 4 MiB of its console go.")
    var console: String?

    @Flag(name: .customLong("no-count"), help: "Count no instructions: half the CPU time.")
    var noCount = false

    @OptionGroup var output: OutputOptions

    private static let known = BaseSystem.builtins.filter { $0.role == .guest }.map(\.id).joined(separator: " or ")

    mutating func validate() throws {
        guard (16...1 << 20).contains(memory) else { throw ValidationError("--memory wants 16 or more MiB") }
        guard timeout > 0 else { throw ValidationError("--timeout wants a number of seconds above 0") }
    }

    mutating func run() async throws {
        let base = try Self.named("guest", guest, BaseSystem.builtins.filter { $0.role == .guest }, id: \.id)
        let service = try Self.named("workload", workload, Workload.builtins, id: \.id)
        let folders = try StateFolders.current()
        let store = RootStore(cache: folders.roots)
        let isQuiet = output.quiet
        let root = try await store.root(base: base, workload: service) { progress in
            if !isQuiet { Output.note("\(progress.root): \(progress.step)") }
        }
        let disk = try await DiskBuilder(cache: folders.roots).disk(
            of: root, base: base, size: base.volume ?? .gibibytes(8))
        let accelerator = Accelerator.chosen(KVMProbe.run().state)
        let boot = GuestBoot(
            base: base,
            workload: service,
            kernel: try .inRoot(root.path, cache: folders.cache),
            disk: GuestDisk(disk),
            accelerator: accelerator,
            memory: .mebibytes(Int64(memory)),
            isCounted: accelerator == .emulated && !noCount,
            consoleFile: console,
            cache: folders.cache
        )
        output.note("\(base.id) + \(service.id): booting, \(accelerator == .kvm ? "with KVM" : "emulated")")
        let timeline = try boot.run(seconds: Double(timeout))
        if output.json {
            try Output.data(JSONText.encode(timeline))
        } else {
            try Output.data(BootTable(timeline: timeline).text(plain: output.plain))
        }
        guard timeline.ending == .stopped else { throw Ending(code: .partial) }
        output.next("tare boot \(base.id) --workload \(service.id) --json")
    }

    /// The built-in thing that is named.
    private static func named<Thing>(
        _ kind: String,
        _ id: String,
        _ things: [Thing],
        id path: KeyPath<Thing, String>
    ) throws(TareError) -> Thing {
        if let thing = things.first(where: { $0[keyPath: path] == id }) { return thing }
        let known = things.map { $0[keyPath: path] }
        let meant = Suggestion.nearest(to: id, among: known).map { "did you mean \"\($0)\"? " } ?? ""
        throw TareError(
            .usage, subject: id, "there is no \(kind) of that name",
            hint: meant + "known: " + known.joined(separator: ", "))
    }
}
