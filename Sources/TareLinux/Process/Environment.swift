import Glibc

/// The process's environment variables, read when asked.
public enum Environment {
    /// The value of a variable, or `nil` where it is not set.
    public static func value(_ name: String) -> String? {
        guard let text = getenv(name) else { return nil }
        return String(cString: text)
    }

    /// The value of a variable, or `nil` where it is not set or empty, which the XDG specification treats alike.
    public static func nonEmpty(_ name: String) -> String? {
        guard let text = value(name), !text.isEmpty else { return nil }
        return text
    }
}
