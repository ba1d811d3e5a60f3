import FoundationEssentials
import Testing

/// Why a test may not run here; each prints its reason when it skips.
public enum TestGate {
    /// Root is needed: mounts, device nodes, chroot.
    public static var isRoot: Bool {
        (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.contains("\nUid:\t0\t") ?? false
    }
}
