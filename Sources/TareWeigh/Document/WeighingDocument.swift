import TareCatalog
import TareCore

/// What `tare weigh SUBJECT --json` prints; its schema is `Docs/schemas/weigh.schema.json`.
public struct WeighingDocument: Encodable, Sendable {
    /// The path as given.
    public var subject: String
    /// The kind of subject: `directory`, `ext4`, `tar`, ...
    public var kind: String
    /// Always `measured`: every byte was counted here.
    public var evidence: Evidence
    /// The workload that was named.
    public var workload: String?
    /// The base that was named or found out.
    public var base: String?
    /// `given`, `detected` or `unknown`.
    public var baseSource: String
    /// Whose database told the packages: `dpkg`, `apk`, `rpm` or `none`.
    public var packageManager: String
    /// The four weights; the wire weight is `null` where it was not measured.
    public var weights: Weights
    /// How the wire weight was obtained.
    public var wireMethod: String
    /// One row an owner and group; the used bytes add up to `weights.used_bytes`.
    public var owners: [Row]
    /// The installed packages, heaviest first.
    public var packages: [PackageWeight]
    /// The owners both ways.
    public var attributions: [Both]
    /// The layers of an image, lowest first.
    public var layers: [Layer]
    /// Content in several places inside this one subject, where it was asked for.
    public var duplication: Duplication?

    /// The four weights, in bytes.
    public struct Weights: Encodable, Sendable {
        var virtual, allocated, used: ByteCount
        @OrNull var wire: ByteCount?

        enum CodingKeys: String, CodingKey {
            case virtual = "virtual_bytes"
            case allocated = "allocated_bytes"
            case used = "used_bytes"
            case wire = "wire_bytes"
        }
    }

    /// One owner and group.
    public struct Row: Encodable, Sendable {
        var owner: Owner
        var group: OwnerGroup
        var files: Int
        var used, allocated: ByteCount
        @OrNull var wire: ByteCount?
        @OrNull var share: Double?

        enum CodingKeys: String, CodingKey {
            case owner, group, files
            case used = "used_bytes"
            case allocated = "allocated_bytes"
            case wire = "wire_bytes"
            case share = "share_of_used"
        }
    }

    /// The owners with shared packages on one side.
    public struct Both: Encodable, Sendable {
        var sharedAs: Owner
        var owners: [Total]

        enum CodingKeys: String, CodingKey {
            case owners
            case sharedAs = "shared_as"
        }

        /// One owner over all its groups.
        struct Total: Encodable, Sendable {
            var owner: Owner
            var files: Int
            var used, allocated: ByteCount
            var share: Double?

            enum CodingKeys: String, CodingKey {
                case owner, files
                case used = "used_bytes"
                case allocated = "allocated_bytes"
                case share = "share_of_used"
            }
        }
    }

    /// One layer of an image.
    public struct Layer: Encodable, Sendable {
        var name: String
        var createdBy: String?
        var files: Int
        var used, unpacked: ByteCount
        var wire: ByteCount?

        enum CodingKeys: String, CodingKey {
            case name, files
            case createdBy = "created_by"
            case used = "used_bytes"
            case unpacked = "unpacked_bytes"
            case wire = "wire_bytes"
        }
    }

    enum CodingKeys: String, CodingKey {
        case subject, kind, evidence, workload, base, weights, owners, packages, attributions, layers, duplication
        case baseSource = "base_source"
        case packageManager = "package_manager"
        case wireMethod = "wire_method"
    }

    /// Makes the document of a weighing.
    ///
    /// - Parameters:
    ///   - result: the weighing.
    ///   - hasWire: whether the wire weight was measured.
    ///   - duplication: content in several places inside it, where that was measured.
    public init(_ result: WeighingResult, hasWire: Bool, duplication: Duplication? = nil) {
        let weighing = result.weighing
        let used = weighing.weights.used
        subject = weighing.subject
        kind = result.kind
        evidence = weighing.evidence
        workload = weighing.workload
        base = weighing.base
        baseSource = weighing.base == nil ? "unknown" : (result.isBaseDetected ? "detected" : "given")
        packageManager = result.packageManager ?? "none"
        weights = Weights(
            virtual: weighing.weights.virtual,
            allocated: weighing.weights.allocated,
            used: used,
            wire: hasWire ? weighing.weights.wire : nil
        )
        wireMethod = result.wireMethod
        owners = weighing.owners.map {
            Row(
                owner: $0.owner,
                group: $0.group,
                files: $0.files,
                used: $0.used,
                allocated: $0.allocated,
                wire: hasWire ? $0.wire : nil,
                share: $0.used.share(of: used)
            )
        }
        packages = result.packages.sorted { ($1.used, $0.name) < ($0.used, $1.name) }
        attributions = result.attributions.map { attribution in
            Both(
                sharedAs: attribution.sharedAs,
                owners: Owner.allCases.compactMap { owner in
                    let rows = attribution.owners.filter { $0.owner == owner }
                    guard !rows.isEmpty else { return nil }
                    let bytes = rows.reduce(ByteCount.zero) { $0 + $1.used }
                    return Both.Total(
                        owner: owner,
                        files: rows.reduce(0) { $0 + $1.files },
                        used: bytes,
                        allocated: rows.reduce(.zero) { $0 + $1.allocated },
                        share: bytes.share(of: used)
                    )
                }
            )
        }
        layers = result.layers.map {
            Layer(
                name: $0.name,
                createdBy: $0.createdBy,
                files: $0.files,
                used: $0.used,
                unpacked: $0.unpacked,
                wire: $0.wire
            )
        }
        self.duplication = duplication
    }
}

/// What `tare weigh A B ... --json` prints.
public struct WeighingsDocument: Encodable, Sendable {
    /// One document a subject, in the order given.
    public var subjects: [WeighingDocument]
    /// Content in several places over all of them, where it was asked for.
    public var duplication: Duplication?

    /// Makes the document of several weighings.
    public init(_ subjects: [WeighingDocument], duplication: Duplication?) {
        self.subjects = subjects
        self.duplication = duplication
    }
}
