import Glibc
import TareCore
import TareLinux

/// Finds `tare-shim`, the supervisor's program.
public enum ShimProgram {
    /// Its absolute path: `TARE_SHIM`, beside the running program, or in the library folders of an installation.
    ///
    /// - Returns: the path.
    /// - Throws: `unavailable` where it is in none of these places.
    public static func find() throws(TareError) -> String {
        if let stated = Environment.nonEmpty("TARE_SHIM") {
            guard access(stated, X_OK) == 0 else {
                throw TareError(.notFound, subject: stated, "TARE_SHIM names no program that can be run")
            }
            return stated
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        let own = PathText.folder(of: String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self))
        let folders = [own, PathText.join(own, "../libexec/tare"), "/usr/libexec/tare", "/usr/local/libexec/tare"]
        for folder in folders {
            let candidate = PathText.join(folder, "tare-shim")
            if access(candidate, X_OK) == 0 { return candidate }
        }
        throw TareError(
            .unavailable,
            subject: "tare-shim",
            "cannot start a container: its supervisor's program is not beside \(own)",
            hint: "build it with `swift build --product tare-shim`, or name it in TARE_SHIM"
        )
    }
}
