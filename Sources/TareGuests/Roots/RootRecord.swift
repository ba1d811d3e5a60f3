import FoundationEssentials
import TareCore
import TareLinux

/// What is written beside a finished root as `meta.json`; a folder without it is not a root.
struct RootRecord: Codable, Sendable {
    /// The base system's id.
    var base: String
    /// The workload's id, where there is one.
    var workload: String?
    var digest: Digest
    var packages: [String: String]
    var builtOn: String
    var seconds: Double

    static func read(_ path: String) throws(TareError) -> RootRecord {
        let bytes = try FileReading.bytes(at: path)
        do {
            return try JSONDecoder().decode(RootRecord.self, from: Data(bytes))
        } catch {
            throw TareError(
                .corrupt,
                subject: path,
                "cannot read the record of a built root: \(error)",
                hint: "remove its folder; it is built again"
            )
        }
    }

    func write(_ path: String) throws(TareError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let data: Data
        do { data = try encoder.encode(self) } catch {
            throw TareError(.internal, subject: path, "cannot write the record of a built root: \(error)")
        }
        try AtomicFile.write(path, Array(data) + [10])
    }

    func root(at tree: String, fromCache: Bool) -> BuiltRoot {
        BuiltRoot(
            path: tree,
            digest: digest,
            packages: packages,
            builtOn: builtOn,
            seconds: seconds,
            fromCache: fromCache
        )
    }
}
