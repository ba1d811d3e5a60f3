import CTareLinux
import TareCore

/// Something that a kernel may refuse, found out by doing it in a child process; nothing stays behind.
public enum KernelTrial: String, Codable, Sendable, CaseIterable {
    /// Mounting an overlay and writing through it.
    case overlay
    /// Being root in a user namespace.
    case userNamespace = "user-namespace"
    /// A seccomp filter that makes a system call fail.
    case seccomp

    /// Tries it; blocks for some milliseconds, at most 2 seconds.
    ///
    /// - Returns: `nil` where it works, otherwise what the kernel said.
    public func failure() -> String? {
        let number =
            switch self {
            case .overlay: tare_try_overlay()
            case .userNamespace: tare_try_user_namespace()
            case .seccomp: tare_try_seccomp()
            }
        return number == 0 ? nil : String(cString: tare_errno_text(number))
    }
}
