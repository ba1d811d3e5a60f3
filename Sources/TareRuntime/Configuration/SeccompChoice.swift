/// Which system calls a container may make.
public enum SeccompChoice: Sendable, Hashable {
    /// The default profile.
    case standard
    /// All.
    case unconfined
    /// A profile of the caller's.
    case profile(SeccompProfile)
}
