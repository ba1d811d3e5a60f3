import CTareLinux
import Glibc
import TareCore
import TareLinux

extension OverlaySnapshotter {
    /// See `Snapshotter`.
    ///
    /// The layer is put into an empty folder before the parent is asked for. Where it turns out to need the parent's
    /// files (a path through a link of a lower layer, a hard link to a lower layer's file), it is applied once more, on
    /// the mounted parent.
    public func unpack(
        _ layer: LayerSource, parent: String?, as key: String, parentReady: () throws(TareError) -> Void
    ) throws(TareError) -> LayerReport? {
        if try folder.find(key) != nil { return nil }
        let new = try folder.begin()
        var report = try LayerUnpack.apply(
            try layer.open(), to: new.files, style: .overlay, policy: layer.policy, diffID: layer.diffID)
        try parentReady()
        if let parent, report.unresolvedLinks > 0 || !report.impliedFolders.isEmpty {
            let below = try view(parent)
            if report.unresolvedLinks == 0, try adopt(report.impliedFolders, from: below, into: new.files) {
                return try finish(new, report, parent, key)
            }
            try TreeRemoval.remove(new.files)
            guard mkdir(new.files, 0o755) == 0 else {
                throw .system("cannot make the snapshot", subject: new.files, errno: errno, writing: true)
            }
            _ = chmod(new.files, 0o755)
            report = try applyMounted(layer, new, parent)
        } else if report.unresolvedLinks > 0 {
            throw TareError(
                .corrupt, subject: layer.diffID.description,
                "cannot apply the layer: \(report.unresolvedLinks) hard links lead to files that are not in the image")
        }
        return try finish(new, report, parent, key)
    }

    private func finish(
        _ new: NewSnapshot, _ report: LayerReport, _ parent: String?, _ key: String
    ) throws(TareError) -> LayerReport? {
        let snapshot = Snapshot(key: key, kind: .committed, parent: parent, created: SnapshotFolder.now())
        return try folder.place(new, as: snapshot) ? report : nil
    }

    /// The parent as one tree.
    func view(_ key: String) throws(TareError) -> LayerRoot {
        switch try mount(key) {
        case .folder(let path, _): return try LayerRoot(path)
        case .overlay(let overlay):
            // The open root keeps the mount alive, which is nowhere.
            let mount = try overlay.make()
            return try LayerRoot(".", below: mount.raw)
        }
    }

    /// Gives folders that the layer did not name what they have below.
    ///
    /// - Returns: `false` where one of them is no folder below, so that the layer's files belong elsewhere.
    private func adopt(
        _ paths: [[UInt8]], from below: LayerRoot, into files: String
    ) throws(TareError) -> Bool {
        let root = try LayerRoot(files)
        for path in paths {
            let (parent, name) = LayerRoot.split(path)
            guard let above = try below.find(parent), let facts = LayerRoot.look(above.raw, name) else { continue }
            guard facts.st_mode & S_IFMT == S_IFDIR else { return false }
            guard let source = try below.find(path), let target = try root.find(path) else { continue }
            try Self.copyFolderFacts(source.raw, target.raw, subject: String(decoding: path, as: UTF8.self))
        }
        return true
    }

    private func applyMounted(
        _ layer: LayerSource, _ new: NewSnapshot, _ parent: String
    ) throws(TareError) -> LayerReport {
        let work = new.path + "/work"
        guard mkdir(work, 0o711) == 0 else {
            throw .system("cannot make the snapshot", subject: work, errno: errno, writing: true)
        }
        var lowers: [String] = []
        for snapshot in try folder.chain(parent) { lowers.append(try folder.files(snapshot)) }
        try Self.copyFolderFacts(lowers[0], new.files)
        let report: LayerReport
        do {
            let mount = try OverlayMount(lowers: lowers, upper: new.files, work: work, isVolatile: true).make()
            report = try LayerUnpack.apply(
                try layer.open(), to: try LayerRoot(".", below: mount.raw), style: .remove, policy: layer.policy,
                diffID: layer.diffID)
        }
        try TreeRemoval.remove(work)
        return report
    }
}
