import TareCore
import TareLinux
import TareOCI

/// The images of this machine: blobs, names and snapshots in one folder.
///
///     let library = try ImageLibrary(root: state + "/images")
///     let names = try library.load("debian.tar")
///     let image = try library.image(names[0].name)
///     let key = try library.unpack(image)
///     try library.snapshots.prepare("web-1", parent: key)
///     try library.snapshots.mount("web-1", isVolatile: true).mount(at: "/run/tare/web-1/rootfs")
public struct ImageLibrary: Sendable {
    /// How snapshots are kept.
    public enum SnapshotKind: String, Sendable, CaseIterable {
        /// Parents' files are shared.
        case overlay
        /// Each snapshot is a full copy: the arm without sharing.
        case copy
    }

    let folder: StoreFolder
    /// The blobs.
    public let content: ContentStore
    /// The names.
    public let names: ImageStore
    /// The snapshots.
    public let snapshots: any Snapshotter

    /// Opens the library, making it where there is none.
    ///
    /// - Parameters:
    ///   - root: a folder of the library's own.
    ///   - kind: how snapshots are kept; both kinds may be used in one library.
    /// - Throws: `unsupported` where the folder cannot hold such snapshots; `TareError` with the errno.
    public init(root: String, snapshots kind: SnapshotKind = .overlay) throws(TareError) {
        folder = try StoreFolder(root)
        content = ContentStore(folder)
        names = ImageStore(folder)
        switch kind {
        case .overlay: snapshots = try OverlaySnapshotter(folder)
        case .copy: snapshots = try CopySnapshotter(folder)
        }
    }

    /// The library's folder.
    public var root: String { folder.root }

    /// The image of a name.
    ///
    /// - Parameters:
    ///   - name: as a user types it, or an image's id or its beginning, at least 6 digits long.
    ///   - platform: which one of an index.
    /// - Returns: the image, with its documents read.
    /// - Throws: `notFound`; `unsupported` where it is not there for the platform.
    public func image(_ name: String, platform: ImagePlatform = .host) throws(TareError) -> Image {
        if let record = try names.find(name) { return try image(record.target, name: record.name, platform: platform) }
        if let reference = try? ImageReference(name) {
            if let record = try names.find(reference.description) {
                return try image(record.target, name: record.name, platform: platform)
            }
            // A digest alone is enough where a name of that repository stands for it.
            if let digest = reference.digest {
                for record in try names.list() where record.target.digest == digest {
                    return try image(record.target, name: record.name, platform: platform)
                }
            }
        }
        if let found = try image(id: name, platform: platform) { return found }
        // Says what is wrong with the name, or that there is none.
        return try image(
            names.get(try ImageReference(name).description).target, name: name, platform: platform)
    }

    /// The image of a manifest or index.
    public func image(
        _ target: Descriptor, name: String? = nil, platform: ImagePlatform = .host
    ) throws(TareError) -> Image {
        let descriptor = try choose(target, platform, subject: name ?? target.digest.description)
        let manifest = try content.document(ImageManifest.self, descriptor.digest)
        let config = try content.document(ImageConfig.self, manifest.config.digest)
        guard config.rootfs.diffIDs.count == manifest.layers.count else {
            throw TareError(
                .corrupt, subject: name ?? descriptor.digest.description,
                "cannot use the image: it has \(manifest.layers.count) layers, but digests of \(config.rootfs.diffIDs.count)"
            )
        }
        return Image(
            name: name, target: target, descriptor: descriptor, manifest: manifest, config: config,
            chain: try ChainID.chain(config.rootfs.diffIDs))
    }

    /// The manifest that fits the platform.
    func choose(
        _ target: Descriptor, _ platform: ImagePlatform, subject: String
    ) throws(TareError) -> Descriptor {
        var descriptor = target
        // Indexes may hold indexes; more than four levels are a loop or a mistake.
        for _ in 0..<5 {
            if descriptor.mediaType.isManifest { return descriptor }
            guard descriptor.mediaType.isIndex else {
                throw TareError(
                    .unsupported, subject: subject, "cannot use it as an image: it is \(descriptor.mediaType)")
            }
            let index = try content.document(ImageIndex.self, descriptor.digest)
            let candidates = index.candidates(for: platform)
            guard let chosen = candidates.first(where: { content.has($0.digest) }) ?? candidates.first else {
                let there = index.manifests.compactMap { $0.platform?.description }.joined(separator: ", ")
                throw TareError(
                    .unsupported, subject: subject,
                    "cannot find the image for \(platform)" + (there.isEmpty ? "" : "; it is there for \(there)"))
            }
            descriptor = chosen
        }
        throw TareError(.corrupt, subject: subject, "its indexes lead to indexes more than four times")
    }

    private func image(id: String, platform: ImagePlatform) throws(TareError) -> Image? {
        let hex = id.hasPrefix("sha256:") ? String(id.dropFirst(7)) : id
        guard (6...64).contains(hex.utf8.count), hex.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
            return nil
        }
        var found: Image?
        for record in try names.list() {
            guard let image = try? image(record.target, name: record.name, platform: platform),
                image.id.hex.hasPrefix(hex) || image.descriptor.digest.hex.hasPrefix(hex)
            else { continue }
            guard found == nil || found?.id == image.id else {
                throw TareError(.usage, subject: id, "cannot tell which image is meant: several ids begin so")
            }
            found = found ?? image
        }
        return found
    }
}
