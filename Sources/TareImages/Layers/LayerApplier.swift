import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Puts a layer's members into a root.
///
/// Hostile archives get nowhere: see `LayerRoot`; `..` is refused, an existing entry is replaced and never written
/// through, hard links are made to what is inside the root only, attributes of overlay's own are dropped.
final class LayerApplier {
    let root: LayerRoot
    let style: WhiteoutStyle
    let policy: LayerPolicy
    let reader: TarReader
    var report = LayerReport()
    /// Paths that this layer hides; overlay only.
    var hidden: Set<[UInt8]> = []
    /// Paths of this layer with all folders above them, which its whiteouts never hit; remove only.
    var own: Set<[UInt8]> = []
    /// Folders' times are set at the end, since each new entry changes them.
    private var folderTimes: [(path: [UInt8], time: TarEntry.Time)] = []
    private let user = geteuid()
    private let group = getegid()

    init(_ root: LayerRoot, style: WhiteoutStyle, policy: LayerPolicy, reader: TarReader) {
        self.root = root
        self.style = style
        self.policy = policy
        self.reader = reader
    }

    /// Applies all members.
    ///
    /// The calling thread's umask must be 0.
    func run() throws(TareError) {
        while let entry = try reader.next() {
            report.entries += 1
            guard let path = LayerRoot.normal(entry.path) else {
                throw refused(entry, "its path climbs with ..")
            }
            try apply(entry, path)
        }
        for (path, time) in folderTimes.reversed() { try setTime(path, time) }
    }

    private func apply(_ entry: TarEntry, _ path: [UInt8]) throws(TareError) {
        guard !path.isEmpty else {
            if entry.kind == .directory { try finishFolder(entry, path, root.raw) }
            return
        }
        let (parent, name) = LayerRoot.split(path)
        if style != .literal, name.starts(with: Self.whiteoutPrefix) {
            try whiteout(entry, parent, name)
            return
        }
        let folder = try self.folder(parent, for: entry)
        if style == .remove { own.insert(path) }
        switch entry.kind {
        case .file: try makeFile(entry, path, name, folder)
        case .directory: try makeFolder(entry, path, name, folder)
        case .symbolicLink: try makeSymbolicLink(entry, path, name, folder)
        case .hardLink: try makeHardLink(entry, path, name, folder)
        case .characterDevice, .blockDevice, .fifo: try makeNode(entry, path, name, folder)
        }
    }

    // MARK: - Kinds

    private func makeFile(
        _ entry: TarEntry, _ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder
    ) throws(TareError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let raw = try creating(entry, path, name, folder) {
            LayerRoot.text(name) { openat(folder.raw, $0, flags, mode_t(entry.mode & 0o777)) }
        }
        let file = OwnedFileDescriptor(taking: raw, path: entry.pathText)
        try reader.content { (piece, offset) throws(TareError) in
            report.written += Int64(piece.count)
            if entry.stretches != nil { _ = lseek(raw, off_t(offset), SEEK_SET) }
            try file.writeAll(piece)
        }
        if entry.stretches != nil { try file.truncate(to: entry.size) }
        var failure: Int32 = 0
        if needsOwner(entry, folder) { failure = fchown(raw, entry.user, entry.group) }
        if failure == 0, entry.mode & 0o7000 != 0 { failure = fchmod(raw, mode_t(entry.mode)) }
        if failure != 0 { throw .system("cannot set owner and mode", subject: entry.pathText, errno: errno) }
        for attribute in entry.attributes {
            try set(attribute, entry) { name, value, count in tare_fd_attribute_set(raw, name, value, count) }
        }
        var times = Self.times(entry.modified)
        if futimens(raw, &times) != 0 { throw .system("cannot set the time", subject: entry.pathText, errno: errno) }
    }

    private func makeFolder(
        _ entry: TarEntry, _ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder
    ) throws(TareError) {
        if LayerRoot.text(name, { mkdirat(folder.raw, $0, 0o700) }) != 0 {
            let failure = errno
            guard failure == EEXIST, let facts = LayerRoot.look(folder.raw, name) else {
                throw .system("cannot make the folder", subject: entry.pathText, errno: failure, writing: true)
            }
            if facts.st_mode & S_IFMT != S_IFDIR {
                _ = try creating(entry, path, name, folder) {
                    LayerRoot.text(name) { mkdirat(folder.raw, $0, 0o700) }
                }
            }
        }
        let raw = LayerRoot.text(name) {
            openat(folder.raw, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard raw >= 0 else { throw .system("cannot open the folder", subject: entry.pathText, errno: errno) }
        let file = OwnedFileDescriptor(taking: raw, path: entry.pathText)
        if hidden.contains(path) { try markOpaque(raw, entry) }
        try finishFolder(entry, path, raw)
        _ = root.remember(path, LayerRoot.Folder(file))
    }

    private func finishFolder(_ entry: TarEntry, _ path: [UInt8], _ raw: Int32) throws(TareError) {
        // An existing folder may have another owner, so both are always set.
        let owner = policy.keepsOwners ? (entry.user, entry.group) : (user, group)
        guard fchown(raw, owner.0, owner.1) == 0, fchmod(raw, mode_t(entry.mode)) == 0 else {
            throw .system("cannot set owner and mode", subject: entry.pathText, errno: errno)
        }
        for attribute in entry.attributes {
            try set(attribute, entry) { name, value, count in tare_fd_attribute_set(raw, name, value, count) }
        }
        folderTimes.append((path, entry.modified))
    }

    private func makeSymbolicLink(
        _ entry: TarEntry, _ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder
    ) throws(TareError) {
        _ = try creating(entry, path, name, folder) {
            LayerRoot.text(entry.target) { target in LayerRoot.text(name) { symlinkat(target, folder.raw, $0) } }
        }
        try finishEntry(entry, name, folder)
    }

    private func makeNode(
        _ entry: TarEntry, _ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder
    ) throws(TareError) {
        var mode = mode_t(entry.mode & 0o777)
        var device: UInt64 = 0
        if entry.kind == .fifo {
            mode |= S_IFIFO
        } else {
            switch policy.devices {
            case .make: break
            case .refuse: throw refused(entry, "it is a device node")
            case .skip:
                report.skippedDevices += 1
                return
            }
            device = tare_device(entry.major, entry.minor)
            guard device != 0 else { throw refused(entry, "device 0:0 is how overlay marks a whiteout") }
            mode |= entry.kind == .blockDevice ? S_IFBLK : S_IFCHR
        }
        _ = try creating(entry, path, name, folder) {
            LayerRoot.text(name) { mknodat(folder.raw, $0, mode, dev_t(device)) }
        }
        try finishEntry(entry, name, folder)
    }

    private func makeHardLink(
        _ entry: TarEntry, _ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder
    ) throws(TareError) {
        guard let target = LayerRoot.normal(entry.target), !target.isEmpty else {
            throw refused(entry, "its target climbs with ..")
        }
        if target == path { return }
        let (targetParent, targetName) = LayerRoot.split(target)
        // The target's folder is looked up first: replacing what is at the new name must not take it away.
        guard let source = try root.find(targetParent), let facts = LayerRoot.look(source.raw, targetName),
            style != .overlay || facts.st_mode & S_IFMT != S_IFCHR || facts.st_rdev != 0
        else {
            guard style == .overlay else {
                throw refused(
                    entry, "it is another name of \(String(decoding: target, as: UTF8.self)), which is not there")
            }
            report.unresolvedLinks += 1
            return
        }
        guard facts.st_mode & S_IFMT != S_IFDIR else { throw refused(entry, "it is another name of a folder") }
        _ = try creating(entry, path, name, folder) {
            LayerRoot.text(targetName) { old in
                LayerRoot.text(name) { linkat(source.raw, old, folder.raw, $0, 0) }
            }
        }
    }

    /// Owner, attributes and time of what is no file and no folder.
    private func finishEntry(_ entry: TarEntry, _ name: [UInt8], _ folder: LayerRoot.Folder) throws(TareError) {
        var failure: Int32 = 0
        if needsOwner(entry, folder) {
            failure = LayerRoot.text(name) {
                fchownat(folder.raw, $0, entry.user, entry.group, AT_SYMLINK_NOFOLLOW)
            }
        }
        if failure == 0, entry.kind != .symbolicLink, entry.mode & 0o7000 != 0 {
            failure = LayerRoot.text(name) { fchmodat(folder.raw, $0, mode_t(entry.mode), 0) }
        }
        if failure != 0 { throw .system("cannot set owner and mode", subject: entry.pathText, errno: errno) }
        for attribute in entry.attributes {
            try set(attribute, entry) { attribute, value, count in
                LayerRoot.text(name) { tare_at_attribute_set(folder.raw, $0, attribute, value, count) }
            }
        }
        let times = [Self.unchanged, Self.time(entry.modified)]
        if LayerRoot.text(name, { utimensat(folder.raw, $0, times, AT_SYMLINK_NOFOLLOW) }) != 0 {
            throw .system("cannot set the time", subject: entry.pathText, errno: errno)
        }
    }

    // MARK: - Parts

    /// Calls `make`, and again after taking away what was in its place.
    private func creating(
        _ entry: TarEntry, _ path: [UInt8], _ name: [UInt8], _ folder: LayerRoot.Folder, _ make: () -> Int32
    ) throws(TareError) -> Int32 {
        let result = make()
        if result >= 0 { return result }
        guard errno == EEXIST else {
            throw .system("cannot make it", subject: entry.pathText, errno: errno, writing: true)
        }
        try TreeRemoval.remove(name, in: folder.raw, subject: entry.pathText)
        // The folder at hand stays open; all others may have been below what is gone.
        root.forget()
        let again = make()
        guard again >= 0 else { throw .system("cannot make it", subject: entry.pathText, errno: errno, writing: true) }
        return again
    }

    /// The folder at a path, made where it is missing: archives may leave parents out.
    func folder(_ path: [UInt8], for entry: TarEntry) throws(TareError) -> LayerRoot.Folder {
        if let folder = try root.find(path) { return folder }
        let (parent, name) = LayerRoot.split(path)
        let above = try self.folder(parent, for: entry)
        if LayerRoot.text(name, { mkdirat(above.raw, $0, 0o755) }) != 0 {
            guard errno == EEXIST, hidden.contains(path) else {
                throw refused(entry, "\(String(decoding: path, as: UTF8.self)) is no folder")
            }
            try TreeRemoval.remove(name, in: above.raw, subject: entry.pathText)
            guard LayerRoot.text(name, { mkdirat(above.raw, $0, 0o755) }) == 0 else {
                throw .system("cannot make the folder", subject: entry.pathText, errno: errno, writing: true)
            }
        }
        guard let made = try root.find(path) else {
            throw refused(entry, "\(String(decoding: path, as: UTF8.self)) is no folder")
        }
        if hidden.contains(path) { try markOpaque(made.raw, entry) }
        if style == .remove { own.insert(path) }
        report.impliedFolders.append(path)
        return made
    }

    private func needsOwner(_ entry: TarEntry, _ folder: LayerRoot.Folder) -> Bool {
        policy.keepsOwners && (entry.user != user || entry.group != group || folder.hasSetGroup)
    }

    private func set(
        _ attribute: TarEntry.Attribute,
        _ entry: TarEntry,
        _ body: (UnsafePointer<CChar>, UnsafeRawPointer?, Int) -> Int32
    ) throws(TareError) {
        if attribute.name.hasPrefix("trusted.overlay.") || attribute.name.hasPrefix("user.overlay.") {
            report.skippedAttributes += 1
            return
        }
        let failure = attribute.value.withUnsafeBytes { value in
            attribute.name.withCString { body($0, value.baseAddress, value.count) }
        }
        guard failure < 0 else { return }
        // Without its capabilities a program does not work; a label of a security module that is not here is no loss.
        guard attribute.name != "security.capability", [EOPNOTSUPP, EPERM, EINVAL].contains(-failure) else {
            throw .system("cannot set the attribute \(attribute.name)", subject: entry.pathText, errno: -failure)
        }
        report.skippedAttributes += 1
    }

    private func setTime(_ path: [UInt8], _ time: TarEntry.Time) throws(TareError) {
        var times = Self.times(time)
        guard !path.isEmpty else {
            _ = futimens(root.raw, &times)
            return
        }
        let (parent, name) = LayerRoot.split(path)
        guard let folder = try root.find(parent) else { return }
        let pair = [Self.unchanged, Self.time(time)]
        _ = LayerRoot.text(name) { utimensat(folder.raw, $0, pair, AT_SYMLINK_NOFOLLOW) }
    }

    private static let unchanged = timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2)

    private static func time(_ time: TarEntry.Time) -> timespec {
        timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
    }

    private static func times(_ time: TarEntry.Time) -> (timespec, timespec) { (unchanged, Self.time(time)) }

    func refused(_ entry: TarEntry, _ text: String) -> TareError {
        TareError(
            .corrupt, subject: reader.subject, "cannot apply the layer: \(entry.pathText): \(text)",
            hint: "do not use this image, or tell those who made it")
    }
}

extension LayerApplier {
    /// futimens(2) takes a pair.
    private func futimens(_ file: Int32, _ times: inout (timespec, timespec)) -> Int32 {
        withUnsafePointer(to: &times) {
            $0.withMemoryRebound(to: timespec.self, capacity: 2) { Glibc.futimens(file, $0) }
        }
    }
}
