import Glibc
import TareCore
import TareImages
import TareLinux
import TareRuntime

/// What this machine lacks for containers that are measured.
public enum MeasuredAvailability {
    /// Looks why real containers cannot be run here, and makes nothing.
    ///
    /// - Parameter state: the state folder.
    /// - Returns: the reason with what to do; `nil` where they can.
    public static func obstacle(state: String) -> TareError? {
        guard geteuid() == 0 else {
            return TareError(
                .noPermission, subject: "containers", "cannot run real containers: mounts and namespaces are root's",
                hint: "run it as root or with sudo")
        }
        guard ["/usr/bin", "/usr/sbin", "/usr/local/bin"].contains(where: { FileReading.exists($0 + "/crun") }) else {
            return TareError(
                .unavailable, subject: "crun", "cannot run real containers: crun is not installed",
                hint: "run Scripts/install")
        }
        do throws(TareError) {
            _ = try ShimProgram.find()
            _ = try Cgroups.current()
        } catch { return error }
        let file = FileReading.valueIfPresent(at: "/proc/filesystems") ?? ""
        guard file.split(separator: "\n").contains(where: { $0.hasSuffix("\toverlay") }) else {
            return TareError(
                .unavailable, subject: "overlay", "cannot run real containers: the kernel has no overlay file system",
                hint: "load it with `modprobe overlay`")
        }
        return nil
    }
}
