import TareCatalog
import TareCore

/// What one root, guest disk or image, holds: pieces with identities.
public struct ContentManifest: Sendable, Hashable, Codable {
    /// The pieces, owners in stack order.
    public var pieces: [ContentPiece]
    /// The weakest evidence behind them.
    public var evidence: Evidence
    /// Where they come from, for the report.
    public var source: String

    /// Makes a manifest from pieces.
    public init(pieces: [ContentPiece], evidence: Evidence, source: String) {
        self.pieces = pieces
        self.evidence = evidence
        self.source = source
    }

    /// Makes a manifest from a weighing, and adds a payload of application data.
    ///
    /// Pieces of the operating system are named after the base alone, so that every workload on the base has them in
    /// common; pieces of runtime and application after the workload and the base. The payload is incompressible and
    /// whole blocks of 4 KiB, named after the workload.
    ///
    /// - Parameters:
    ///   - weighing: what was weighed.
    ///   - payload: bytes of application data beyond what was weighed.
    public init(weighing: Weighing, payload: ByteCount = .zero) {
        let base = weighing.base ?? weighing.subject
        let workload = weighing.workload ?? "bare"
        pieces = weighing.owners.filter { $0.owner != .writable }.map { row in
            let scope = row.owner == .os || row.owner == .platform ? base : "\(workload)@\(base)"
            return ContentPiece(
                identity: "\(scope)/\(row.owner.rawValue)/\(row.group.rawValue)",
                owner: row.owner,
                group: row.group,
                files: row.files,
                used: row.used,
                allocated: row.allocated,
                wire: row.wire
            )
        }
        evidence = weighing.evidence
        source = weighing.subject
        if payload > .zero { add(payload: payload, of: workload) }
    }

    /// Makes a manifest from the user's own numbers; it is marked assumed.
    ///
    /// - Parameters:
    ///   - base: a name for the operating system: two services with one name share its bytes.
    ///   - workload: a name for runtime and application.
    ///   - os: bytes of the operating system without the kernel.
    ///   - kernel: bytes of kernel, modules and boot files; zero in an image.
    ///   - runtime: bytes of the runtime.
    ///   - app: bytes of the application.
    ///   - compression: used bytes over compressed bytes (published median of layers: 2.6, row E15).
    public init(
        base: String,
        workload: String,
        os: ByteCount,
        kernel: ByteCount = .zero,
        runtime: ByteCount = .zero,
        app: ByteCount = .zero,
        compression: Double = 2.6
    ) {
        let parts: [(scope: String, owner: Owner, group: OwnerGroup, bytes: ByteCount)] = [
            (base, .os, .kernel, kernel), (base, .os, .base, os),
            ("\(workload)@\(base)", .runtime, .runtime, runtime), ("\(workload)@\(base)", .app, .application, app),
        ]
        pieces = parts.filter { $0.bytes > .zero }.map { part in
            ContentPiece(
                identity: "\(part.scope)/\(part.owner.rawValue)/\(part.group.rawValue)",
                owner: part.owner,
                group: part.group,
                files: 1,
                used: part.bytes,
                allocated: Self.blocks(part.bytes),
                wire: ByteCount(Int64(part.bytes.doubleValue / max(1, compression)))
            )
        }
        evidence = .assumed
        source = "\(workload) on \(base), numbers of the scenario"
    }

    /// Adds application data that does not compress.
    public mutating func add(payload: ByteCount, of workload: String) {
        pieces.append(
            ContentPiece(
                identity: "\(workload)/app/payload",
                owner: .app,
                group: .application,
                files: 1,
                used: payload,
                allocated: Self.blocks(payload),
                wire: payload
            )
        )
    }

    /// The sum over pieces of one weight; `virtual` counts as `used`.
    public func bytes(by weight: DiskWeight, of owner: Owner? = nil) -> ByteCount {
        pieces.lazy.filter { owner == nil || $0.owner == owner }.reduce(.zero) { $0 + $1.bytes(by: weight) }
    }

    /// Whole blocks of 4 KiB.
    static func blocks(_ bytes: ByteCount) -> ByteCount { ByteCount((bytes.bytes + 4095) / 4096 * 4096) }
}

extension ContentPiece {
    /// The piece's bytes by one weight; `virtual` counts as `used`.
    public func bytes(by weight: DiskWeight) -> ByteCount {
        switch weight {
        case .virtual, .used: used
        case .allocated: allocated
        case .wire: wire
        }
    }
}
