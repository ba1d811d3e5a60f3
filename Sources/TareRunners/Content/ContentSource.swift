import TareCatalog
import TareCore
import TareExperiment
import TareModel

/// Where the bytes of a service come from: weighings made here, stored ones, and the scenario's own numbers.
///
/// Both arms get their content from here, so that nobody weighs two different things: the VM's runtime and application
/// are those of the same workload as the container's.
public struct ContentSource: Sendable {
    /// The base system that containers are built on.
    public static let containerBase = "debian-12-container"
    /// The base system of the container arm's host.
    public static let hostBase = "debian-12-cloud"

    /// Profiles that were calibrated, by the path that the scenario gives.
    public var profiles: [String: CalibratedProfile] = [:]
    private let weighings: [Key: Weighing]
    private let images: [String: Weighing]

    private struct Key: Hashable {
        var base: String
        var workload: String?
    }

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - weighings: weighings by base and workload; where two have the same, the later one wins. Stored ones first.
    ///   - images: weighings of the images that the scenario names, by their reference.
    public init(weighings: [Weighing], images: [String: Weighing] = [:]) {
        var byKey: [Key: Weighing] = [:]
        for weighing in weighings {
            guard let base = weighing.base else { continue }
            byKey[Key(base: base, workload: weighing.workload)] = weighing
        }
        self.weighings = byKey
        self.images = images
    }

    /// The catalogue's stored weighings, and then the given ones.
    public static func stored(and measured: [Weighing] = []) throws(TareError) -> ContentSource {
        ContentSource(weighings: try StoredWeighings.all() + measured)
    }

    /// The weighing of a workload on a base.
    ///
    /// - Throws: `TareError.notFound` where there is none.
    public func weighing(base: String, workload: String?) throws(TareError) -> Weighing {
        if let found = weighings[Key(base: base, workload: workload)] { return found }
        let name = workload.map { "\($0) on \(base)" } ?? base
        throw TareError(
            .notFound, subject: name, "there is no weighing of it, neither made here nor stored",
            hint: "make one with `tare claim --remeasure`, or give the scenario numbers of its own")
    }

    /// What a container's image of this service holds.
    public func container(_ service: ResolvedService) throws(TareError) -> ContentManifest {
        switch service.content {
        case .builtin(let id):
            return ContentManifest(
                weighing: try weighing(base: Self.containerBase, workload: id), payload: service.payload)
        case .image(let reference):
            return ContentManifest(weighing: try image(reference), payload: service.payload)
        case .layers(let layers):
            let base = ContentManifest(weighing: try weighing(base: Self.containerBase, workload: nil))
            return merged(base, numbers(layers, service: service, base: Self.containerBase))
        }
    }

    /// What a guest's disk of this service holds: the guest OS, and the service's own runtime and application.
    public func vm(_ service: ResolvedService) throws(TareError) -> ContentManifest {
        switch service.guest {
        case .builtin(let base):
            switch service.content {
            case .builtin(let id):
                return ContentManifest(weighing: try weighing(base: base, workload: id), payload: service.payload)
            case .image(let reference):
                let guest = ContentManifest(weighing: try weighing(base: base, workload: nil))
                return merged(guest, payload(of: ContentManifest(weighing: try image(reference)), service: service))
            case .layers(let layers):
                let guest = ContentManifest(weighing: try weighing(base: base, workload: nil))
                return merged(guest, numbers(layers, service: service, base: base))
            }
        case .numbers(let guest):
            let os = ContentManifest(
                base: service.guestName, workload: service.workload, os: guest.osDisk - guest.kernel,
                kernel: guest.kernel)
            return merged(os, payload(of: try container(service), service: nil))
        case nil:
            return ContentManifest(pieces: [], evidence: .assumed, source: "no guest")
        }
    }

    private func image(_ reference: String) throws(TareError) -> Weighing {
        if let found = images[reference] { return found }
        throw TareError(
            .notFound, subject: reference, "the image was not weighed",
            hint: "name a docker-archive or an OCI layout that is on this machine")
    }

    /// The pieces that are not the base system's, and what the scenario adds to the application.
    private func payload(of manifest: ContentManifest, service: ResolvedService?) -> ContentManifest {
        var own = ContentManifest(
            pieces: manifest.pieces.filter { !$0.isBase }, evidence: manifest.evidence, source: manifest.source)
        if let service, service.payload > .zero { own.add(payload: service.payload, of: service.workload) }
        return own
    }

    private func numbers(_ layers: [LayerNumbers], service: ResolvedService, base: String) -> ContentManifest {
        func sum(_ kind: LayerNumbers.Kind) -> ByteCount {
            layers.lazy.filter { $0.kind == kind }.reduce(.zero) { $0 + $1.size }
        }
        var manifest = ContentManifest(
            base: base, workload: service.workload, os: .zero, runtime: sum(.run), app: sum(.copy))
        if service.payload > .zero { manifest.add(payload: service.payload, of: service.workload) }
        return manifest
    }

    private func merged(_ base: ContentManifest, _ top: ContentManifest) -> ContentManifest {
        ContentManifest(
            pieces: base.pieces + top.pieces, evidence: Evidence.weaker(base.evidence, top.evidence),
            source: "\(base.source) with \(top.source)")
    }
}
