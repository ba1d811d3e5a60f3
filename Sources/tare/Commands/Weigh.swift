import ArgumentParser
import TareCatalog
import TareCore
import TareWeigh

/// `tare weigh`: who owns the bytes of a root file system, a disk or an image.
struct Weigh: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Weigh a directory, disk, archive or image, and say who owns each byte.",
        discussion: """
            Examples:
              tare weigh /srv/roots/web
              tare weigh web.tar --workload flask --by package --top 10
              tare weigh vm.qcow2 image.tar --duplication --json

            Four weights: virtual (the volume's size), allocated (blocks on the host), used (sizes of the regular files,
            hard links once) and wire (compressed). Every byte has one owner: platform, os, runtime, app or writable.
            Reads only; needs no root where all files are readable.
            """
    )

    /// How the rows are cut.
    enum Cut: String, ExpressibleByArgument, CaseIterable {
        case owner, group, layer, package, path
    }

    @Argument(help: "What to weigh: paths of directories, disks, archives or images.")
    var subjects: [String]

    @Option(help: "The workload inside, so that runtime and app are told from the OS.")
    var workload: String?

    @Option(help: "The base system below; found out where it can be.")
    var base: String?

    @Option(help: "Rows by owner, group, layer, package or path.")
    var by: Cut = .group

    @Option(help: "The heaviest rows only; 0 for all.")
    var top = 20

    @Flag(help: "Find equal content at file and 4 KiB block level.")
    var duplication = false

    @Flag(name: .customLong("no-wire"), help: "Read no contents; no wire weight.")
    var noWire = false

    @OptionGroup var output: OutputOptions

    mutating func run() async throws {
        let workload = try Self.found("workload", self.workload, Workload.builtins, id: \.id)
        let base = try Self.found("base", self.base, BaseSystem.builtins, id: \.id)
        guard top >= 0 else { throw ValidationError("--top wants 0 or more rows") }
        var results: [WeighingResult] = []
        for subject in subjects {
            let weigher = Weigher(measuresWire: !noWire)
            let result = try weigher.weigh(subject, workload: workload, base: base)
            if result.packageManager == nil {
                output.note("\(subject): no package database found; owners are told by paths alone")
            }
            results.append(result)
        }
        var equal: Duplication?
        if duplication {
            equal = try Duplication.measure(
                subjects.map { Duplication.Subject(name: $0, path: $0, workload: workload, base: base) }
            )
        }
        if output.json {
            try Output.data(try document(results, equal))
        } else {
            let table = WeighTable(cut: by, top: top, plain: output.plain, hasWire: !noWire)
            for (place, result) in results.enumerated() {
                try Output.data((place > 0 && !output.plain ? "\n" : "") + table.text(of: result))
            }
            if let equal { try Output.data((output.plain ? "" : "\n") + table.text(of: equal)) }
        }
        let first = subjects.first ?? "SUBJECT"
        output.next(by == .package ? "tare weigh \(first) --by path" : "tare weigh \(first) --by package --top 10")
    }

    private func document(_ results: [WeighingResult], _ duplication: Duplication?) throws(TareError) -> String {
        if results.count == 1, let result = results.first {
            return try JSONText.encode(WeighingDocument(result, hasWire: !noWire, duplication: duplication))
        }
        let documents = results.map { WeighingDocument($0, hasWire: !noWire) }
        return try JSONText.encode(WeighingsDocument(documents, duplication: duplication))
    }

    /// The built-in thing that a flag names.
    private static func found<Thing>(
        _ flag: String,
        _ id: String?,
        _ things: [Thing],
        id path: KeyPath<Thing, String>
    ) throws(TareError) -> Thing? {
        guard let id else { return nil }
        if let thing = things.first(where: { $0[keyPath: path] == id }) { return thing }
        let known = things.map { $0[keyPath: path] }
        let meant = Suggestion.nearest(to: id, among: known).map { "did you mean \"\($0)\"? " } ?? ""
        throw TareError(
            .usage,
            subject: "--\(flag) \(id)",
            "there is no \(flag) of that name",
            hint: meant + "known: " + known.joined(separator: ", ")
        )
    }
}
