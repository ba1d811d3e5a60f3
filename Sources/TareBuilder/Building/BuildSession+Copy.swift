import FoundationEssentials
import Glibc
import TareCore
import TareDockerfile
import TareImages
import TareLinux

extension BuildSession {
    /// `COPY` and `ADD`.
    func copy(
        _ transfer: FileTransfer, _ place: StepPlace, _ state: inout StageState, unpacks: Bool = false
    ) async throws(TareError) {
        var sources: [String] = []
        for word in transfer.sources { sources.append(try local(state.scope.expand(word), place)) }
        var documents: [(name: String, text: [UInt8])] = []
        for document in transfer.documents {
            documents.append((document.name, Array(try state.scope.expand(document).utf8)))
        }
        let destination = try state.scope.expand(transfer.destination)
        let target = PathCleaning.join(state.folder, destination)
        let owner = try transfer.owner.map { (word) throws(TareError) in try state.scope.expand(word) }
        let modeText = try transfer.mode.map { (word) throws(TareError) in try state.scope.expand(word) }
        var excludes: [String] = []
        for word in transfer.excludes { excludes.append(try state.scope.expand(word)) }
        let mode = try modeText.map { (text) throws(TareError) in
            guard let mode = FileModeChange(text) else {
                throw TareError(.invalid, subject: place.subject, "'\(text)' is no file mode", hint: "write 755")
            }
            return mode
        }
        var tree: CopySource?
        if !sources.isEmpty {
            if let from = transfer.from {
                tree = try source(named: from.text, before: place.stage.index)
            } else {
                tree = try context()
            }
        }

        var choices = CopyPlan.Choices(destination: "", isFolder: true)
        choices.excludes = excludes
        choices.keepsParents = transfer.keepsParents
        var key = key(state, isLinked: transfer.isLinked)
        key.add("destination", target + (destination.hasSuffix("/") ? "/" : ""))
        key.add("owner", owner ?? "")
        key.add("mode", modeText ?? "")
        key.add("unpacking", unpacks ? "yes" : "no")
        var archives: [String: String] = [:]
        do throws(TareError) {
            var listing = CopyPlan(choices)
            for source in sources {
                guard let tree else { continue }
                try listing.add(source, from: tree)
                if unpacks {
                    for (path, folder) in try await self.archives(source, in: tree) { archives[path] = folder }
                }
            }
            for item in listing.items { key.add("file \(item.target)", item.fingerprint) }
            for (name, text) in documents { key.add("file \(name)", try SHA256.digest(of: text).hex) }
        } catch {
            var error = error
            error.message = "\(error.subject): \(error.message)"
            error.subject = place.subject
            throw error
        }
        choices.mode = mode
        choices.isFolder = Self.isFolder(destination) || sources.count + documents.count > 1
        let wanted = choices
        let time = epoch
        let from = tree
        try await layered(place, key, &state, isLinked: transfer.isLinked) { (active) throws(TareError) in
            var choices = wanted
            let root = try TreeRoot(active.path)
            let relative = target.dropFirst().description
            choices.destination = root.resolved(relative) ?? relative
            if root.look(relative).map({ $0.st_mode & S_IFMT == S_IFDIR }) == true { choices.isFolder = true }
            if let owner { choices.owner = try AccountFiles(root).owner(owner, subject: place.subject) }
            let writer = TreeWriter(root, time: time)
            try self.write(sources, documents, archives, from: from, choices, writer, place)
            try writer.finishFolders()
        }
    }

    /// Whether a destination is spelt as a folder.
    private static func isFolder(_ destination: String) -> Bool {
        destination.hasSuffix("/") || [".", ".."].contains(TreeRoot.name(in: destination))
    }

    /// Addresses and repositories are refused; what stays is a path.
    private func local(_ source: String, _ place: StepPlace) throws(TareError) -> String {
        for scheme in ["http://", "https://", "git@", "git://", "ssh://"] where source.hasPrefix(scheme) {
            throw TareError(
                .unsupported, subject: place.subject, "cannot fetch '\(source)': a build takes local files only",
                hint: "download it first and check its digest, then COPY it")
        }
        return source
    }

    private func write(
        _ sources: [String], _ documents: [(name: String, text: [UInt8])], _ archives: [String: String],
        from tree: CopySource?, _ choices: CopyPlan.Choices, _ writer: TreeWriter, _ place: StepPlace
    ) throws(TareError) {
        do throws(TareError) {
            if choices.isFolder {
                try writer.makeFolder(choices.destination, owner: choices.owner ?? (0, 0))
            }
            for source in sources {
                guard let tree else { continue }
                var plan = CopyPlan(choices)
                try plan.add(source, from: tree)
                for item in plan.items {
                    if let unpacked = archives[item.entry.path] {
                        try write(archive: unpacked, choices, writer)
                        continue
                    }
                    try writer.write(item) { (file) throws(TareError) in
                        try FileCopy.copy(item.entry, from: tree.root, into: file)
                    }
                }
            }
            for (name, text) in documents {
                var plan = CopyPlan(choices)
                plan.add(document: name, size: Int64(text.count), digest: try SHA256.digest(of: text))
                for item in plan.items {
                    try writer.write(item) { (file) throws(TareError) in try file.writeAll(text) }
                }
            }
        } catch {
            var error = error
            error.message = "\(error.subject): \(error.message)"
            error.subject = place.subject
            throw error
        }
    }

    private func write(archive path: String, _ choices: CopyPlan.Choices, _ writer: TreeWriter) throws(TareError) {
        let source = try CopySource(path, name: "the archive", dropsOwners: false)
        var choices = choices
        choices.keepsParents = false
        var plan = CopyPlan(choices)
        try plan.add("/", from: source)
        for item in plan.items {
            try writer.write(item) { (file) throws(TareError) in
                try FileCopy.copy(item.entry, from: source.root, into: file)
            }
        }
    }

    /// The archives among what a source names, unpacked to a folder each.
    private func archives(_ source: String, in tree: CopySource) async throws(TareError) -> [String: String] {
        var found: [String: String] = [:]
        for path in try tree.matches(source) {
            let entry = try tree.entry(path, follows: true)
            guard entry.kind == .file, let host = tree.root.hostPath(path) else { continue }
            guard let tar = try await Archive.plainTar(host, in: work.makeFolder("archive")) else { continue }
            let folder = try work.makeFolder("unpacked")
            _ = try LayerUnpack.apply(Archive.Input(tar), to: folder, style: .literal)
            found[path] = folder
        }
        return found
    }
}
