/// Shortens paths as Go's `filepath.Clean` does.
public enum PathCleaning {
    /// Without empty parts and `.`, and with `..` resolved as far as it goes; `.` where nothing is left.
    public static func clean(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
    }

    /// `path`, beneath `folder` where it is not absolute, cleaned.
    public static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? clean(path) : clean(folder + "/" + path)
    }
}
