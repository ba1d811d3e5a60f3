import CTareLinux
import Glibc
import TareCore

/// Read-only layers shown as one tree, with a writable layer on top or without.
public struct OverlayMount: Hashable, Sendable {
    /// The read-only layers, topmost first; at least one.
    public var lowers: [String]
    /// The writable layer; `nil` makes a read-only mount, which needs two lowers.
    public var upper: String?
    /// An empty folder on the upper's file system, for the kernel's own use.
    public var work: String?
    /// Whether to leave out bringing the upper to the disk when it is unmounted: much faster, and after a crash of the
    /// machine the upper cannot be used.
    public var isVolatile: Bool
    /// Whether to keep overlay's own marks in `user.` attributes, as a mount inside a user namespace must.
    public var usesUserAttributes: Bool
    /// Whether the marks for moved folders and for metadata without content are used, where the kernel's defaults would
    /// not: off keeps the upper readable for others.
    public var keepsUpperPlain: Bool

    /// The most layers that the kernel stacks.
    public static let mostLowers = 500

    /// Describes one; nothing is mounted.
    public init(
        lowers: [String],
        upper: String? = nil,
        work: String? = nil,
        isVolatile: Bool = false,
        usesUserAttributes: Bool = false,
        keepsUpperPlain: Bool = true
    ) {
        self.lowers = lowers
        self.upper = upper
        self.work = work
        self.isVolatile = isVolatile
        self.usesUserAttributes = usesUserAttributes
        self.keepsUpperPlain = keepsUpperPlain
    }

    /// Makes the mount without putting it anywhere.
    ///
    /// - Parameter attributes: what it forbids.
    /// - Returns: the mount.
    /// - Throws: `unsupported` where the kernel has no `lowerdir+` (before 6.7) or no overlay; `exhausted` above 500
    ///   lowers; `TareError` with the kernel's own words.
    /// - Complexity: O(lowers), about 8 us each.
    public func make(_ attributes: MountAttributes = []) throws(TareError) -> DetachedMount {
        try check()
        let context = try FileSystemContext("overlay")
        try context.set("source", "overlay")
        for lower in lowers { try Self.set("lowerdir+", lower, in: context) }
        if let upper, let work {
            try Self.set("upperdir", upper, in: context)
            try Self.set("workdir", work, in: context)
            if isVolatile { try context.set("volatile") }
        }
        if usesUserAttributes { try context.set("userxattr") }
        if keepsUpperPlain, !usesUserAttributes {
            try context.set("redirect_dir", "nofollow")
            try context.set("metacopy", "off")
        }
        return try context.make(attributes)
    }

    /// Mounts it at `path`, also on kernels before 6.7, where fewer lowers fit.
    ///
    /// - Parameters:
    ///   - path: a folder.
    ///   - attributes: what it forbids.
    /// - Throws: as `make(_:)`.
    public func mount(at path: String, _ attributes: MountAttributes = []) throws(TareError) {
        if Self.appendsLowers {
            try make(attributes).attach(at: path)
            return
        }
        try mountByText(at: path, attributes)
    }

    /// Whether this kernel takes lowers one by one; tried once.
    public static let appendsLowers: Bool = {
        guard let context = try? FileSystemContext("overlay") else { return false }
        return (try? context.set("lowerdir+", "/")) != nil
    }()

    /// Mounts by mount(2), whose options are one page of text: the layers' paths are given relative to the folder that
    /// all have in common.
    func mountByText(at path: String, _ attributes: MountAttributes) throws(TareError) {
        try check()
        let all = lowers + [upper, work].compactMap { $0 }
        let base = Self.commonFolder(all)
        func short(_ path: String) -> String { Self.escaped(String(path.dropFirst(base.utf8.count + 1))) }
        var options = ["lowerdir=" + lowers.map(short).joined(separator: ":")]
        if let upper, let work { options += ["upperdir=" + short(upper), "workdir=" + short(work)] }
        if isVolatile, upper != nil { options.append("volatile") }
        if usesUserAttributes { options.append("userxattr") }
        if keepsUpperPlain, !usesUserAttributes { options += ["redirect_dir=nofollow", "metacopy=off"] }
        let text = options.joined(separator: ",")
        guard text.utf8.count < 4096 else {
            throw TareError(
                .exhausted, subject: path,
                "cannot mount \(lowers.count) layers: this kernel takes their paths as one text of 4095 bytes",
                hint: "use Linux 6.7 or later, or an image with fewer layers")
        }
        let folder = try OwnedFileDescriptor(opening: base.isEmpty ? "/" : base, O_RDONLY | O_DIRECTORY)
        let failure = tare_overlay_relative(folder.raw, text, path)
        if failure < 0 { throw .system("cannot mount the layers", subject: path, errno: -failure) }
        guard !attributes.isEmpty else { return }
        let refused = tare_mount_setattr(AT_FDCWD, path, attributes.rawValue, 0, 0, -1, 0)
        if refused < 0 {
            _ = tare_unmount(path, 2)
            throw .system("cannot restrict the mount", subject: path, errno: -refused)
        }
    }

    private func check() throws(TareError) {
        guard lowers.count <= Self.mostLowers else {
            throw TareError(
                .exhausted, subject: "overlay",
                "cannot mount \(lowers.count) layers: the kernel stacks at most \(Self.mostLowers)",
                hint: "squash some of the image's layers, or use copies as snapshots")
        }
        precondition((upper == nil) == (work == nil), "an upper and its work folder come together")
        precondition(lowers.count >= (upper == nil ? 2 : 1), "an overlay has two folders at least")
    }

    /// A path that is too long for fsconfig(2) is named by a descriptor.
    private static func set(
        _ key: String,
        _ path: String,
        in context: borrowing FileSystemContext
    ) throws(TareError) {
        guard path.utf8.count > FileSystemContext.longestText else { return try context.set(key, path) }
        let folder = try OwnedFileDescriptor(opening: path, O_RDONLY | O_DIRECTORY)
        try context.set(key, "/proc/self/fd/\(folder.raw)")
    }

    private static func commonFolder(_ paths: [String]) -> String {
        guard let first = paths.first else { return "" }
        var names = first.split(separator: "/").dropLast()
        for path in paths.dropFirst() {
            let others = path.split(separator: "/").dropLast()
            names = zip(names, others).prefix { $0 == $1 }.map(\.0)[...]
        }
        return names.isEmpty ? "" : "/" + names.joined(separator: "/")
    }

    private static func escaped(_ path: String) -> String {
        var text = ""
        for character in path {
            if character == ":" || character == "," || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return text
    }
}
