import Glibc

/// Finds programs as a shell does.
public enum ToolSearch {
    /// The first executable file called `name` in the folders of `PATH`, and then in those of the administrator, which
    /// a user's `PATH` often lacks.
    ///
    /// - Parameters:
    ///   - name: the program, without a slash.
    ///   - path: the folders, separated by colons; by default those of the environment.
    /// - Returns: the program's absolute path, or `nil`.
    public static func find(_ name: String, path: String? = nil) -> String? {
        let folders = (path ?? Environment.nonEmpty("PATH") ?? "") + ":/usr/local/sbin:/usr/sbin:/sbin"
        for folder in folders.split(separator: ":") where folder.hasPrefix("/") {
            let candidate = PathText.join(String(folder), name)
            if access(candidate, X_OK) == 0, !FolderMaking.isFolder(candidate) { return candidate }
        }
        return nil
    }
}
