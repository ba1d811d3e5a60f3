import TareCore

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

    /// What the system must have, for Windows.
    public var osFeatures: [String]?

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
        case osFeatures = "os.features"
    }

    /// Reads `linux/arm64/v8`, `linux/amd64`, or an architecture alone, in Go's words or the kernel's.
    ///
    /// - Throws: `usage` where it is none.
    public init(_ text: String) throws(TareError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
        guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            throw TareError(
                .usage, subject: text, "cannot read the platform", hint: "write os/architecture, such as linux/arm64")
        }
        let known = ["x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "i386": "386", "armhf": "arm"]
        let named = parts.count == 1 ? parts[0] : parts[1]
        var variant = parts.count == 3 ? parts[2] : nil
        architecture = known[named] ?? named
        os = parts.count == 1 ? "linux" : parts[0]
        // Only one variant of arm64 is in use, and it is meant where none is named.
        if architecture == "arm64", variant == nil { variant = "v8" }
        self.variant = variant
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
