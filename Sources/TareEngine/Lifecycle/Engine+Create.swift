import Glibc
import TareCore
import TareImages
import TareLinux
import TareOCI
import TareRuntime

extension Engine {
    /// Makes a container from an image that is here; starts nothing.
    ///
    /// - Parameters:
    ///   - name: the image, as a user types it.
    ///   - arguments: replaces the image's command; empty leaves it.
    ///   - options: everything else.
    /// - Returns: the new container's id.
    /// - Throws: `notFound` for the image; `exists` for the container's name; `usage`, `invalid` for options.
    public func create(
        image name: String,
        arguments: [String],
        options: ContainerOptions
    ) throws(TareError) -> ContainerID {
        if let name = options.name { try ContainerName.check(name) }
        let image = try images.image(name)
        let id = ContainerID.random()
        let record = try ContainerPlan(
            image: image, asked: name, arguments: arguments, options: options, settings: settings
        )
        .record(id: id)
        let folder = containers.folder(id)
        try FolderMaking.make(folder.path, mode: 0o711)
        let lock = try FileLock(folder.lock)
        var undo = UndoList()
        undo.add { () throws(TareError) in try TreeRemoving.remove(folder.path) }
        do throws(TareError) {
            try folder.write(ContainerState())
            let named = try takeName(record, undo: &undo)
            try folder.write(named)
            let library = images
            let lease = try library.content.lastingLease(Self.key(id))
            undo.add { () throws(TareError) in try library.content.endLease(Self.key(id)) }
            try lease.add(blob: named.manifest.digest)
            let parent = try library.unpack(image, lease: lease)
            try library.snapshots.prepare(Self.key(id), parent: parent, labels: ["container": id.description])
            undo.add { () throws(TareError) in try library.snapshots.remove(Self.key(id)) }
            try lease.add(snapshot: Self.key(id))
            for mount in named.options.mounts {
                if case .volume(let name) = mount.source {
                    try volumes.make(name, isAnonymous: Self.isAnonymous(name, of: id))
                }
            }
            for path in [folder.root, folder.run.path, folder.execs] { try FolderMaking.make(path) }
            var state = ContainerState()
            state.phase = .created
            try folder.write(state)
            events.add(.container, "create", id.description, ["name": named.name, "image": named.image])
        } catch {
            throw undo.run(after: error)
        }
        _ = consume lock
        return id
    }

    /// Takes the name that the user gave, or makes one that is free.
    private func takeName(_ record: ContainerRecord, undo: inout UndoList) throws(TareError) -> ContainerRecord {
        var named = record
        let store = containers
        if record.options.name != nil {
            try store.take(name: record.name, for: record.id)
        } else {
            var attempt = 0
            while true {
                named.name = ContainerName.made(from: record.id, attempt: attempt)
                do throws(TareError) {
                    try store.take(name: named.name, for: record.id)
                    break
                } catch {
                    attempt += 1
                    guard error.code == .exists, attempt < 32 else { throw error }
                }
            }
        }
        let name = named.name
        undo.add { () throws(TareError) in store.give(name: name, of: record.id) }
        return named
    }

    /// Whether a volume's name was made for a container.
    static func isAnonymous(_ name: String, of id: ContainerID) -> Bool { name.hasPrefix(id.description + "-") }
}
