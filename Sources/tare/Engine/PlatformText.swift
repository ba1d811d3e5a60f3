import TareCore
import TareOCI

/// Platforms as docker's flags have them: `linux/amd64`, `linux/arm64/v8`.
enum PlatformText {
    /// Reads one.
    static func read(_ text: String) throws(TareError) -> ImagePlatform {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), !parts.contains("") else {
            throw TareError(.usage, subject: "--platform \(text)", "not a platform", hint: "write linux/amd64")
        }
        return ImagePlatform(architecture: parts[1], os: parts[0], variant: parts.count > 2 ? parts[2] : nil)
    }
}
