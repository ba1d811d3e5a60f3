/// Where packets pass on their way through a host: the kernel's `nf_inet_hooks`.
public enum FirewallHook: UInt32, Sendable {
    /// Just come in, before it is known whether they are for this host.
    case prerouting = 0
    /// For this host.
    case input = 1
    /// Passing through.
    case forward = 2
    /// Made by this host.
    case output = 3
    /// About to leave.
    case postrouting = 4
}
