import Glibc
import TareCore
import TareDockerfile
import TareLinux

/// Where COPY and ADD take from: the context with its ignore rules, a stage, an image.
final class CopySource {
    let root: TreeRoot
    /// For messages: `the context`, `stage build`.
    let name: String
    private let rules: IgnoreRules
    /// Whether owners become root: what comes from a context has none that matter.
    private let dropsOwners: Bool
    private var digests: [String: Digest] = [:]

    init(_ path: String, name: String, rules: IgnoreRules = IgnoreRules(), dropsOwners: Bool) throws(TareError) {
        root = try TreeRoot(path)
        self.name = name
        self.rules = rules
        self.dropsOwners = dropsOwners
    }

    /// Whether anything is hidden.
    var hides: Bool { !rules.isEmpty }

    /// The paths that a source of COPY names, sorted.
    ///
    /// - Throws: `notFound` where a plain path is not there, or is hidden by `.dockerignore`.
    func matches(_ source: String) throws(TareError) -> [String] {
        let clean = PathCleaning.clean("/" + source).dropFirst().description
        var found = [""]
        for part in clean.split(separator: "/").map(String.init) {
            guard let pattern = PathPattern(part) else {
                throw TareError(
                    .invalid, subject: source, "cannot look for it: the pattern's bracket or escape is open")
            }
            var next: [String] = []
            for folder in found {
                if !pattern.hasWildcard {
                    next.append(Self.join(folder, Self.plain(part)))
                } else if let names = try? root.names(in: folder) {
                    next += names.filter(pattern.matches).map { Self.join(folder, $0) }
                }
            }
            found = next
        }
        let visible = found.filter { path in (path.isEmpty || isVisible(path)) && root.look(path) != nil }
        guard visible.isEmpty else { return visible }
        let isHidden = found.contains { root.look($0) != nil }
        throw TareError(
            .notFound, subject: source,
            "cannot copy it: \(isHidden ? ".dockerignore leaves it out" : "\(name) has nothing of this name")",
            hint: isHidden ? "change .dockerignore, or add !\(clean)" : nil)
    }

    /// Backslashes of a pattern without wildcards.
    private static func plain(_ part: String) -> String {
        var text = ""
        var isEscaped = false
        for character in part {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                text.append(character)
                isEscaped = false
            }
        }
        return text
    }

    static func join(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }

    private func isVisible(_ path: String) -> Bool {
        !rules.ignores(path) || (rules.hasExceptions && holdsVisible(path))
    }

    /// Whether a folder that is hidden has something in it that is not.
    private func holdsVisible(_ path: String) -> Bool {
        guard let entry = try? root.entry(path), entry.isFolder, let names = try? root.names(in: path) else {
            return false
        }
        return names.contains { name in isVisible(path + "/" + name) }
    }

    /// An entry with its digest.
    func entry(_ path: String, follows: Bool = false) throws(TareError) -> TreeEntry {
        var entry = try root.entry(path, follows: follows)
        if entry.kind == .file {
            if let known = digests[path] {
                entry.digest = known
            } else {
                entry.digest = try root.digest(of: path)
                digests[path] = entry.digest
            }
        }
        if dropsOwners {
            entry.user = 0
            entry.group = 0
        }
        return entry
    }

    /// All entries below a folder, each folder before what is in it, sorted by name within one.
    func descendants(of path: String, leavingOut excludes: IgnoreRules) throws(TareError) -> [TreeEntry] {
        var found: [TreeEntry] = []
        try collect(path, below: "", excludes, &found)
        return found
    }

    private func collect(
        _ folder: String, below relative: String, _ excludes: IgnoreRules, _ found: inout [TreeEntry]
    ) throws(TareError) {
        for name in try root.names(in: folder) {
            let path = Self.join(folder, name)
            let inner = Self.join(relative, name)
            guard isVisible(path) else { continue }
            let isExcluded = excludes.ignores(inner)
            if isExcluded, !excludes.hasExceptions { continue }
            let entry = try entry(path)
            if !isExcluded { found.append(entry) }
            if entry.isFolder { try collect(path, below: inner, excludes, &found) }
        }
    }
}
