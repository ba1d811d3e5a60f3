import CTareLinux
import Glibc
import TareCore
import TareImages
import TareLinux

/// A step's writable root: mounted while the step is done, then a layer, or gone.
final class ActiveTree {
    let path: String
    private let key: String
    private let library: ImageLibrary
    private let mount: TreeMount
    private let files: String
    private let isOverlay: Bool
    private let began: Int64
    /// Folders that overlay has copied up only since something was mounted in them, deepest first.
    private var forgotten: [MountPoints.Folder] = []
    private var isOpen = true

    /// Makes and mounts a writable snapshot.
    ///
    /// - Parameters:
    ///   - key: its key.
    ///   - parent: the snapshot below; `nil` for none.
    ///   - path: where to mount it.
    ///   - library: where it is.
    /// - Throws: `notFound` where the parent is not there; `TareError` with the errno.
    init(_ key: String, on parent: String?, at path: String, _ library: ImageLibrary) throws(TareError) {
        self.path = path
        self.library = library
        self.key = key
        try library.snapshots.prepare(key, parent: parent)
        began = Int64(time(nil))
        do throws(TareError) {
            switch try library.snapshots.mount(key, isVolatile: true) {
            case .overlay(let overlay):
                files = overlay.upper ?? path
                isOverlay = true
            case .folder(let folder, _):
                files = folder
                isOverlay = false
            }
            mount = try TreeMount(key, at: path, library)
        } catch {
            try? library.snapshots.remove(key)
            throw error
        }
    }

    /// Unmounts it and makes a layer of what was changed.
    ///
    /// - Parameters:
    ///   - lease: keeps the layer's blob.
    ///   - epoch: the time of what was changed.
    ///   - clampsAll: whether all that is newer gets it, also what a command made with a time from before the step.
    /// - Returns: the layer; `nil` where nothing was changed.
    /// - Throws: `unavailable` where something still uses the root; `TareError` with the errno.
    func finish(lease: Lease, epoch: Int64, clampsAll: Bool) throws(TareError) -> BuildLayer? {
        try mount.end()
        if isOverlay { forgotten.forEach(prune) }
        // The file systems' clock may lag behind by some milliseconds.
        try TimeClamp.apply(files, from: clampsAll ? epoch + 1 : began - 1, to: epoch)
        let layer = try library.writeLayer(of: key, lease: lease)
        return layer.isEmpty ? nil : BuildLayer(blob: layer.descriptor, diffID: layer.diffID)
    }

    /// Leaves these folders out of the layer where the command did not change them.
    func forget(_ folders: [MountPoints.Folder]) { forgotten = folders }

    private func prune(_ folder: MountPoints.Folder) {
        let path = files + "/" + folder.path
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_mode == folder.mode else { return }
        guard facts.st_uid == folder.user, facts.st_gid == folder.group else { return }
        // One that holds something, or hides what is below, stays: it is not empty, or overlay has marked it.
        var value: UInt8 = 0
        guard tare_at_attribute_value(AT_FDCWD, path, "trusted.overlay.opaque", &value, 1) < 0 else { return }
        _ = rmdir(path)
    }

    /// Keeps the snapshot under a name: others stand on it from now on.
    func commit(as name: String) throws(TareError) {
        try library.snapshots.commit(key, as: name)
        isOpen = false
    }

    deinit {
        try? mount.end()
        if isOpen { try? library.snapshots.remove(key) }
    }
}
