import TareCore
import TareEngine
import TareImages
import TareOCI

/// An image as the verbs show it: one row a name.
struct ImageRow: Encodable {
    /// Its name in full.
    var name: String
    /// As people type it.
    var familiar: String
    var id: String
    /// The digest that the name stands for: the manifest's or the index's.
    var digest: String
    var created: String?
    var platform: String
    var layers: Int
    /// Bytes that are transferred for it: configuration and packed layers.
    var wireBytes: Int64
    /// Bytes of the blocks of its unpacked layers; not known where they are not unpacked.
    var allocatedBytes: Int64?
    /// Containers that stand on it.
    var containers: Int

    /// The rows of all names; an image that is not here for this platform is left out.
    ///
    /// - Complexity: O(names); with `measures`, O(files of all layers).
    static func all(_ engine: Engine, measures: Bool) throws(TareError) -> [ImageRow] {
        let library = engine.images
        var users: [String: Int] = [:]
        for row in try engine.list() { users[row.imageID.description, default: 0] += 1 }
        var sizes: [String: Int64] = [:]
        var rows: [ImageRow] = []
        for record in try library.names.list() {
            guard let image = try? library.image(record.target, name: record.name) else { continue }
            var row = ImageRow(image, record.name, containers: users[image.id.description] ?? 0)
            if measures { row.allocatedBytes = try allocated(image, library, &sizes) }
            rows.append(row)
        }
        return rows
    }

    init(_ image: Image, _ name: String, containers: Int) {
        self.name = name
        familiar = (try? ImageReference(name).familiar) ?? name
        id = image.id.description
        digest = image.target.digest.description
        created = image.config.created
        platform = image.config.os + "/" + image.config.architecture
        layers = image.manifest.layers.count
        wireBytes = image.transferred.bytes
        self.containers = containers
    }

    /// Sums the layers' own blocks; `nil` where one is not unpacked.
    private static func allocated(
        _ image: Image,
        _ library: ImageLibrary,
        _ sizes: inout [String: Int64]
    ) throws(TareError) -> Int64? {
        var sum: Int64 = 0
        for layer in Set(image.chain.map(\.description)) {
            if sizes[layer] == nil {
                guard try library.snapshots.find(layer) != nil else { return nil }
                sizes[layer] = try library.snapshots.usage(layer).allocated.bytes
            }
            sum += sizes[layer] ?? 0
        }
        return sum
    }
}
