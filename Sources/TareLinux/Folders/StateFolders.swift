import Glibc
import TareCore

/// Where Tare keeps what it keeps: two folders, both movable, nothing elsewhere.
///
/// | what | default | moved by |
/// |---|---|---|
/// | state: runs, journals, scenarios' results | `~/.local/share/tare`, for root `/var/lib/tare` | `TARE_HOME`, `XDG_DATA_HOME` |
/// | cache: built roots and layers, can be made again | `~/.cache/tare` | `TARE_CACHE`, `TARE_HOME` (then `$TARE_HOME/cache`), `XDG_CACHE_HOME` |
///
/// `TARE_HOME` alone moves everything.
public struct StateFolders: Sendable, Hashable {
    /// What must not be lost.
    public var state: String
    /// What can be made again.
    public var cache: String

    /// Takes two folders as they are: for tests.
    public init(state: String, cache: String) {
        self.state = state
        self.cache = cache
    }

    /// One folder a run, named by its id.
    public var runs: String { PathText.join(state, "runs") }
    /// Built root file systems.
    public var roots: String { PathText.join(cache, "roots") }

    /// The folders of this process, from its environment and user.
    ///
    /// Makes nothing; `FolderMaking.make` does when something is to be written.
    /// - Throws: `usage` where neither `TARE_HOME` nor `HOME` says where to go.
    public static func current() throws(TareError) -> StateFolders {
        var variables: [String: String] = [:]
        for name in ["TARE_HOME", "TARE_CACHE", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"] {
            variables[name] = Environment.nonEmpty(name)
        }
        return try chosen(environment: variables, isRoot: geteuid() == 0, workingFolder: workingFolder())
    }

    /// The rule behind `current()`.
    static func chosen(
        environment: [String: String],
        isRoot: Bool,
        workingFolder: String
    ) throws(TareError) -> StateFolders {
        func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : PathText.join(workingFolder, path) }
        // The XDG specification: a relative path in one of its variables is to be ignored.
        func xdg(_ name: String, _ fallback: String) throws(TareError) -> String {
            if let path = environment[name], path.hasPrefix("/") { return PathText.join(path, "tare") }
            guard let home = environment["HOME"], !home.isEmpty else {
                throw TareError(
                    .usage,
                    subject: "HOME",
                    "cannot tell where to keep state: neither TARE_HOME nor HOME is set",
                    hint: "set TARE_HOME to a folder"
                )
            }
            return absolute("\(home)/\(fallback)/tare")
        }
        let moved = environment["TARE_HOME"].map(absolute)
        let state: String
        if let moved {
            state = moved
        } else {
            state = isRoot ? "/var/lib/tare" : try xdg("XDG_DATA_HOME", ".local/share")
        }
        let cache: String
        if let stated = environment["TARE_CACHE"] {
            cache = absolute(stated)
        } else if let moved {
            cache = PathText.join(moved, "cache")
        } else {
            cache = try xdg("XDG_CACHE_HOME", ".cache")
        }
        return StateFolders(state: state, cache: cache)
    }

    private static func workingFolder() -> String {
        guard let text = getcwd(nil, 0) else { return "/" }
        defer { free(text) }
        return String(cString: text)
    }
}
