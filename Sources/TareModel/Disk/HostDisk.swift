import TareCatalog
import TareCore

/// The host's disk for given numbers of instances, by content identity.
///
/// A piece that is shared counts once, a copied one for every copy. Where two manifests hold different versions under one identity the larger one counts.
struct HostDisk {
    private struct Key: Hashable, Comparable {
        var owner: Owner?
        var group: OwnerGroup?
        static func < (left: Key, right: Key) -> Bool {
            (left.owner?.order ?? 9, left.group?.rawValue ?? "") < (
                right.owner?.order ?? 9, right.group?.rawValue ?? ""
            )
        }
    }

    /// Rows of the host.
    private(set) var rows: [DiskRow] = []
    /// What one instance of each service sees, as if it were alone.
    private(set) var instances: [[DiskRow]] = []
    /// One instance's share of the host's rows.
    private(set) var shares: [[DiskRow]] = []

    /// Adds up; O(services x pieces).
    init(_ context: ModelContext, counts: [Int]) {
        var total: [Key: DiskWeights] = [:]
        var users: [String: Int] = [:]
        var largest: [String: ContentPiece] = [:]
        let services = context.input.services
        for (index, service) in services.enumerated() {
            for piece in Self.manifest(service, context).pieces {
                guard let key = Self.shareKey(piece, service: service, context), counts[index] > 0 else { continue }
                users[key, default: 0] += counts[index]
                if piece.allocated > (largest[key]?.allocated ?? ByteCount(-1)) { largest[key] = piece }
            }
        }
        for (_, piece) in largest {
            total[Key(owner: piece.owner, group: piece.group), default: .zero] += weigh(piece, context, blob: true)
        }
        switch context.input.arm {
        case .vm(let spec): addHost(spec.hostContent, to: &total)
        case .container(let spec): addHost(spec.hostContent, to: &total)
        }
        for (index, service) in services.enumerated() {
            var one: [Key: DiskWeights] = [:]
            var share: [Key: DiskWeights] = [:]
            for piece in Self.manifest(service, context).pieces {
                let key = Key(owner: piece.owner, group: piece.group)
                let weights = weigh(piece, context, blob: true)
                one[key, default: .zero] += weights
                if let identity = Self.shareKey(piece, service: service, context) {
                    let sharers = Int64(max(1, users[identity] ?? 1))
                    share[key, default: .zero] += DiskWeights(
                        virtual: ByteCount(weights.virtual.bytes / sharers),
                        allocated: ByteCount(weights.allocated.bytes / sharers),
                        used: ByteCount(weights.used.bytes / sharers),
                        wire: ByteCount(weights.wire.bytes / sharers))
                } else {
                    share[key, default: .zero] += weights
                    total[key, default: .zero] += weights * counts[index]
                }
            }
            for (key, weights) in Self.privates(service, context) {
                one[key, default: .zero] += weights
                share[key, default: .zero] += weights
                total[key, default: .zero] += weights * counts[index]
            }
            if case .vm(let spec) = context.input.arm {
                let inside = one.values.reduce(ByteCount.zero) { $0 + $1.virtual }
                let unused = DiskWeights(
                    virtual: max(.zero, spec.volume - inside), allocated: .zero, used: .zero, wire: .zero)
                let key = Key(owner: nil, group: nil)
                one[key] = unused
                // Every guest is told that it has a whole volume, however its blocks are shared.
                let shareInside = share.values.reduce(ByteCount.zero) { $0 + $1.virtual }
                share[key] = DiskWeights(
                    virtual: unused.virtual + inside - shareInside, allocated: .zero, used: .zero, wire: .zero)
            }
            instances.append(Self.sorted(one))
            shares.append(Self.sorted(share))
        }
        if case .vm(let spec) = context.input.arm {
            let promised = spec.volume * Int64(counts.reduce(0, +))
            let inside = total.values.reduce(ByteCount.zero) { $0 + $1.virtual }
            total[Key(owner: nil, group: nil)] = DiskWeights(
                virtual: max(.zero, promised - inside), allocated: .zero, used: .zero, wire: .zero)
        }
        rows = Self.sorted(total)
    }

    private static func manifest(_ service: ServiceSpec, _ context: ModelContext) -> ContentManifest {
        context.hypervisor == nil ? service.containerContent : service.vmContent
    }

    /// What a piece is shared under; `nil` where every instance has a copy.
    private static func shareKey(_ piece: ContentPiece, service: ServiceSpec, _ context: ModelContext) -> String? {
        switch context.input.arm {
        case .container(let spec): spec.storage == .overlay ? piece.identity : nil
        case .vm(let spec):
            switch spec.clone {
            case .full: nil
            case .linked: service.name + "\n" + piece.identity
            case .sharedBase: piece.isBase ? piece.identity : nil
            }
        }
    }

    private static func privates(_ service: ServiceSpec, _ context: ModelContext) -> [(Key, DiskWeights)] {
        var written = service.written
        var list: [(Key, DiskWeights)] = []
        let metadata: ByteCount
        switch context.input.arm {
        case .vm(let spec):
            written += ByteCount(Int64(context.growth.base))
            metadata = spec.clone == .full ? .zero : ByteCount(Int64(context.differenceFile.base))
        case .container: metadata = ByteCount(Int64(context.engine?.value("writable-metadata") ?? 0))
        }
        list.append(
            (
                Key(owner: .writable, group: .written),
                DiskWeights(virtual: written, allocated: ContentManifest.blocks(written), used: written, wire: .zero)
            ))
        if metadata > .zero {
            list.append(
                (
                    Key(owner: .platform, group: .filesystem),
                    DiskWeights(virtual: .zero, allocated: metadata, used: .zero, wire: .zero)
                ))
        }
        return list
    }

    private func weigh(_ piece: ContentPiece, _ context: ModelContext, blob: Bool) -> DiskWeights {
        var allocated = piece.allocated
        if case .container(let spec) = context.input.arm, spec.keepBlobs, spec.storage == .overlay {
            allocated += piece.wire
        }
        return DiskWeights(virtual: piece.used, allocated: allocated, used: piece.used, wire: piece.wire)
    }

    private func addHost(_ content: ContentManifest?, to total: inout [Key: DiskWeights]) {
        for piece in content?.pieces ?? [] {
            total[Key(owner: .os, group: piece.group), default: .zero] += DiskWeights(
                virtual: piece.used, allocated: piece.allocated, used: piece.used, wire: piece.wire)
        }
    }

    private static func sorted(_ rows: [Key: DiskWeights]) -> [DiskRow] {
        rows.sorted { $0.key < $1.key }.map { DiskRow(owner: $0.key.owner, group: $0.key.group, weights: $0.value) }
    }
}

extension DiskWeights {
    /// Every weight `count` times.
    static func * (left: DiskWeights, count: Int) -> DiskWeights {
        let count = Int64(count)
        return DiskWeights(
            virtual: left.virtual * count, allocated: left.allocated * count, used: left.used * count,
            wire: left.wire * count)
    }
}
