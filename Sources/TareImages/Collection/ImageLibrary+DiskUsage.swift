import Glibc
import TareCore
import TareLinux
import TareOCI

extension ImageLibrary {
    /// What everything takes on the disk.
    ///
    /// - Returns: images with shared and unique apart, layers, writable layers and blobs.
    /// - Throws: `TareError` with the errno.
    /// - Complexity: O(files of all snapshots), a look each.
    public func diskUsage() throws(TareError) -> ImageDiskUsage {
        var layers: [String: SnapshotUsage] = [:]
        var writable = SnapshotUsage.zero
        for snapshot in try snapshots.list() {
            let usage = try snapshots.usage(snapshot.key)
            if snapshot.kind == .active { writable = writable + usage } else { layers[snapshot.key] = usage }
        }
        var images: [Digest: (image: Image, names: [String])] = [:]
        for record in try names.list() {
            guard let image = try? image(record.target, name: record.name) else { continue }
            images[image.id, default: (image, [])].names.append(record.name)
        }
        var users: [String: Int] = [:]
        for (_, entry) in images { for key in Set(entry.image.chain) { users[key.description, default: 0] += 1 } }
        var entries: [ImageDiskUsage.Entry] = []
        for (id, entry) in images {
            var shared = ByteCount.zero
            var unique = ByteCount.zero
            for key in Set(entry.image.chain.map(\.description)) {
                guard let usage = layers[key] else { continue }
                if users[key] ?? 0 > 1 { shared += usage.allocated } else { unique += usage.allocated }
            }
            entries.append(
                ImageDiskUsage.Entry(
                    id: id.description, names: entry.names.sorted(), unpacked: shared + unique, shared: shared,
                    unique: unique, transferred: entry.image.transferred))
        }
        var blobs = ByteCount.zero
        let list = try content.list()
        for (digest, _) in list {
            var facts = stat()
            if stat(content.path(digest), &facts) == 0 { blobs += ByteCount(Int64(facts.st_blocks) * 512) }
        }
        let unused = layers.filter { users[$0.key] == nil }.values.reduce(.zero, +)
        return ImageDiskUsage(
            images: entries.sorted { $0.id < $1.id }, layers: layers.values.reduce(.zero, +), unusedLayers: unused,
            writable: writable, blobs: blobs, blobCount: list.count)
    }
}
