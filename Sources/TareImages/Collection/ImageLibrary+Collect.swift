import CTareLinux
import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareOCI

extension ImageLibrary {
    /// Takes away what no name, no container and no lease needs.
    ///
    /// Safe beside everything else: what is being added is held by a lease. Active snapshots are never taken.
    ///
    /// - Parameters:
    ///   - keepsPackedLayers: whether layers' blobs stay although they are unpacked; without them up to a third less
    ///     disk is used, and an image must be fetched again to be pushed or saved.
    ///   - ingestAge: how long an interrupted transfer can be resumed, in seconds.
    /// - Returns: what went.
    /// - Throws: `corrupt` where a document that something needs cannot be read, and then nothing has gone;
    ///   `TareError` with the errno.
    /// - Complexity: O(names + blobs + snapshots); waits for those who add something, and they for its first half.
    @discardableResult
    public func collect(keepsPackedLayers: Bool = true, ingestAge: Int64 = 86_400) throws(TareError) -> CollectionReport
    {
        var report = CollectionReport()
        let folders = try snapshotFolders()
        if !keepsPackedLayers {
            // A layer's blob may only go when what was unpacked from it would survive a crash of the machine.
            let file = try OwnedFileDescriptor(opening: folder.root, O_RDONLY | O_DIRECTORY)
            let failure = tare_synchronise_system(file.raw)
            if failure < 0 { throw .system("cannot bring the layers to the disk", subject: root, errno: -failure) }
        }
        try folder.collecting { () throws(TareError) in
            let marks = try mark(folders, keepsPackedLayers, &report)
            for folder in folders { try folder.condemn() }
            for folder in folders { try drop(folder, marks.snapshots, &report) }
            for (digest, _) in try content.list() where !marks.blobs.contains(digest) {
                var facts = stat()
                if stat(folder.blobPath(digest), &facts) == 0 {
                    report.blobBytes += ByteCount(Int64(facts.st_blocks) * 512)
                }
                try content.remove(digest)
                report.blobs += 1
            }
            try dropIngests(ingestAge, &report)
        }
        for folder in folders { report.leftovers += try folder.sweep() }
        return report
    }

    /// The snapshots of both kinds, whichever this library was opened with.
    func snapshotFolders() throws(TareError) -> [SnapshotFolder] {
        var found: [SnapshotFolder] = []
        for name in try StoreFolder.entries(folder.snapshots).sorted() {
            found.append(try SnapshotFolder(folder, name))
        }
        return found
    }

    private func mark(
        _ folders: [SnapshotFolder], _ keepsPackedLayers: Bool, _ report: inout CollectionReport
    ) throws(TareError) -> CollectionMarks {
        var marks = CollectionMarks(content, keepsPackedLayers: keepsPackedLayers)
        let isUnpacked = { (key: String) throws(TareError) in try snapshots.find(key)?.kind == .committed }
        for record in try names.list() { try marks.add(tree: record.target.digest, isUnpacked: isUnpacked) }
        for name in try StoreFolder.entries(folder.leases) {
            let path = folder.leases + "/" + name
            guard let lines = try leaseLines(path, name) else {
                report.leases += 1
                continue
            }
            for line in lines {
                if line.hasPrefix("blob "), let digest = Digest(String(line.dropFirst(5))) {
                    // Not dropped though unpacked: whoever holds the lease may be about to read it.
                    try marks.add(tree: digest) { (_) throws(TareError) in false }
                }
                if line.hasPrefix("snapshot ") { marks.add(snapshot: String(line.dropFirst(9))) }
            }
        }
        for folder in folders {
            for snapshot in try folder.list() where snapshot.kind == .active {
                if let parent = snapshot.parent { marks.add(snapshot: parent) }
            }
        }
        return marks
    }

    /// The lines of a lease that is alive; one that is not is taken away.
    private func leaseLines(_ path: String, _ name: String) throws(TareError) -> [String]? {
        let file: OwnedFileDescriptor
        do throws(TareError) { file = try OwnedFileDescriptor(opening: path) } catch {
            if error.errno == ENOENT { return [] }
            throw error
        }
        let isLasting = name.hasPrefix(Lease.lastingPrefix)
        if !isLasting, tare_flock(file.raw, 1, 0) == 0 {
            _ = unlink(path)
            return nil
        }
        let lines = try FileReading.text(at: path).split(separator: "\n").map(String.init)
        guard isLasting, let until = lines.first(where: { $0.hasPrefix("until ") }) else { return lines }
        guard let end = Int64(until.dropFirst(6)), end <= Int64(Date().timeIntervalSince1970) else { return lines }
        _ = unlink(path)
        return nil
    }

    /// Drops committed snapshots that are not marked and that no marked one stands on; topmost first.
    private func drop(
        _ folder: SnapshotFolder, _ marked: Set<String>, _ report: inout CollectionReport
    ) throws(TareError) {
        let committed = try folder.list().filter { $0.kind == .committed }
        let parents = Dictionary(committed.map { ($0.key, $0.parent) }, uniquingKeysWith: { first, _ in first })
        var kept: Set<String> = []
        for key in marked {
            var key: String? = key
            while let here = key, parents[here] != nil, kept.insert(here).inserted { key = parents[here] ?? nil }
        }
        var depths: [String: Int] = [:]
        func depth(_ key: String) -> Int {
            var count = 0
            var here: String? = key
            while let key = here, count <= committed.count {
                here = parents[key] ?? nil
                count += 1
            }
            return count
        }
        let going = committed.filter { !kept.contains($0.key) }
        for snapshot in going { depths[snapshot.key] = depth(snapshot.key) }
        for snapshot in going.sorted(by: { depths[$0.key] ?? 0 > depths[$1.key] ?? 0 }) {
            try folder.discard(snapshot)
            report.snapshots += 1
        }
    }

    private func dropIngests(_ age: Int64, _ report: inout CollectionReport) throws(TareError) {
        let now = Int64(Date().timeIntervalSince1970)
        for name in try StoreFolder.entries(folder.ingest) {
            let path = folder.ingest + "/" + name
            guard let file = try? OwnedFileDescriptor(opening: path), tare_flock(file.raw, 1, 0) == 0 else { continue }
            var facts = stat()
            guard fstat(file.raw, &facts) == 0 else { continue }
            if name.hasPrefix("new-") || Int64(facts.st_mtim.tv_sec) + age < now {
                _ = unlink(path)
                report.leftovers += 1
            }
        }
    }
}
