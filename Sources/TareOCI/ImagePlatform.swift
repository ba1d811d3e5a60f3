/// The system that an image is made for.
public struct ImagePlatform: Hashable, Codable, Sendable, CustomStringConvertible {
    /// In Go's words: `amd64`, `arm64`.
    public var architecture: String
    /// In Go's words: `linux`.
    public var os: String
    /// A processor variant: `v8`.
    public var variant: String?
    /// The operating system's version, for Windows.
    public var osVersion: String?

    /// Makes a platform.
    public init(architecture: String, os: String = "linux", variant: String? = nil, osVersion: String? = nil) {
        self.architecture = architecture
        self.os = os
        self.variant = variant
        self.osVersion = osVersion
    }

    enum CodingKeys: String, CodingKey {
        case architecture, os, variant
        case osVersion = "os.version"
    }

    /// The platform that this program was built for.
    public static var host: ImagePlatform {
        #if arch(x86_64)
            ImagePlatform(architecture: "amd64")
        #elseif arch(arm64)
            ImagePlatform(architecture: "arm64", variant: "v8")
        #elseif arch(riscv64)
            ImagePlatform(architecture: "riscv64")
        #else
            ImagePlatform(architecture: "unknown")
        #endif
    }

    /// Whether a machine of platform `machine` runs this: the same system and architecture, and no other variant.
    public func runs(on machine: ImagePlatform) -> Bool {
        architecture == machine.architecture && os == machine.os
            && (variant == nil || machine.variant == nil || variant == machine.variant)
    }

    /// `linux/arm64/v8`.
    public var description: String { os + "/" + architecture + (variant.map { "/" + $0 } ?? "") }
}
