import TareCatalog
import TareCore
import TareModel
import TareProbe

/// The disk of measured containers by owner and weight.
///
/// Sums are measured: blocks and lengths of each layer, of each writable layer, and what the stores grew by. Only how the
/// bytes of a layer are split between operating system, runtime and application comes from the weighing of the same
/// content. A layer counts once for all services that have it.
struct MeasuredDisk {
    let found: MeasuredReplication
    /// The content of each service; `nil` where there is no weighing of it.
    let contents: [ContentManifest?]
    /// The host's own system.
    let host: ContentManifest?

    /// One instance of a service as if it were alone: its image and what is its own.
    func instance(of service: Int, _ weight: DiskWeight) -> OwnedBytes {
        image(service, weight) { _ in 1 } + own(service, weight)
    }

    /// One instance's part of the host: layers divided by those who have them, and what is its own.
    func share(of service: Int, _ weight: DiskWeight) -> OwnedBytes {
        let users = users()
        return image(service, weight) { 1 / max(1, users[$0] ?? 1) } + own(service, weight)
    }

    /// The whole host: its system, each layer once, all writable layers, the engine's records.
    func whole(_ weight: DiskWeight) -> OwnedBytes {
        var sum = OwnedBytes()
        for piece in host?.pieces ?? [] { sum.add(piece.bytes(by: weight), .os) }
        var seen: Set<String> = []
        for service in found.images.indices {
            sum = sum + image(service, weight) { seen.insert($0).inserted ? 1 : 0 }
        }
        let written = found.instances.reduce(0) { $0 + Self.bytes($1.written, weight) }
        sum.add(written, .writable)
        if weight == .allocated {
            // What the stores grew by and no writable layer holds: records, logs, addresses, leases.
            let layers = found.instances.reduce(0) { $0 + $1.written.allocated.doubleValue }
            sum.add(max(0, found.added.allocated.doubleValue - layers), .platform)
        }
        return sum
    }

    private func image(_ service: Int, _ weight: DiskWeight, _ factor: (String) -> Double) -> OwnedBytes {
        var sum = OwnedBytes()
        let layers = found.images[service].layers
        let hasBase = layers.count == 2 && contents[service]?.pieces.contains { $0.isBase } == true
        for (place, layer) in layers.enumerated() {
            let bytes: Double
            switch weight {
            case .wire: bytes = layer.packed.doubleValue
            case .allocated:
                // The packed layer stays beside the unpacked one, in whole blocks.
                bytes = layer.blocks.allocated.doubleValue + Double((layer.packed.bytes + 4095) / 4096 * 4096)
            case .used, .virtual: bytes = layer.blocks.apparent.doubleValue
            }
            var shares = OwnedBytes()
            for piece in contents[service]?.pieces ?? [] where !hasBase || piece.isBase == (place == 0) {
                shares.add(piece.bytes(by: weight), piece.owner)
            }
            sum = sum + (OwnedBytes.split(bytes, shares, otherwise: place == 0 ? .os : .runtime) * factor(layer.key))
        }
        return sum
    }

    private func own(_ service: Int, _ weight: DiskWeight) -> OwnedBytes {
        let mine = found.instances.filter { $0.service == service }
        guard !mine.isEmpty else { return OwnedBytes() }
        var sum = OwnedBytes()
        for instance in mine {
            sum.add(Self.bytes(instance.written, weight) / Double(mine.count), .writable)
            if weight == .allocated {
                sum.add(instance.records.allocated.doubleValue / Double(mine.count), .platform)
            }
        }
        return sum
    }

    private func users() -> [String: Double] {
        var users: [String: Double] = [:]
        for (service, image) in found.images.enumerated() {
            let count = Double(found.instances.lazy.filter { $0.service == service }.count)
            for layer in image.layers { users[layer.key, default: 0] += count }
        }
        return users
    }

    private static func bytes(_ blocks: DiskBlocks, _ weight: DiskWeight) -> Double {
        switch weight {
        case .allocated: blocks.allocated.doubleValue
        case .used, .virtual: blocks.apparent.doubleValue
        case .wire: 0
        }
    }
}

extension OwnedBytes {
    /// A sum, split in the proportions of `shares`.
    static func split(_ bytes: Double, _ shares: OwnedBytes, otherwise fallback: Owner) -> OwnedBytes {
        var sum = OwnedBytes()
        sum.add(bytes, in: shares, otherwise: fallback)
        return sum
    }
}

extension ContentPiece {
    /// The bytes by one weight; `virtual` counts as `used`.
    func bytes(by weight: DiskWeight) -> Double {
        switch weight {
        case .used, .virtual: used.doubleValue
        case .allocated: allocated.doubleValue
        case .wire: wire.doubleValue
        }
    }
}
