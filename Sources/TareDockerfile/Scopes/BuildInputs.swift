/// What the caller of a build gives beside the file.
public struct BuildInputs: Hashable, Sendable {
    /// `--build-arg`.
    public var arguments: [String: String]
    /// The platform of the image: `linux/amd64`, `linux/arm64/v8`.
    public var targetPlatform: String
    /// The platform that the build runs on.
    public var buildPlatform: String
    /// The stage that is built, for `TARGETSTAGE`.
    public var targetStage: String

    /// Names the inputs.
    public init(
        arguments: [String: String] = [:], targetPlatform: String, buildPlatform: String,
        targetStage: String = "default"
    ) {
        self.arguments = arguments
        self.targetPlatform = targetPlatform
        self.buildPlatform = buildPlatform
        self.targetStage = targetStage
    }

    /// Arguments that a `RUN` sees without `ARG`, where the caller gives them; they are in no history and no cache key.
    public static let proxyNames: Set<String> = {
        let names = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"]
        return Set(names + names.map { $0.lowercased() })
    }()

    /// The arguments that describe the platforms: there before the first `FROM`, and in a stage that declares them.
    public var platformArguments: [String: String] {
        var found = ["TARGETPLATFORM": targetPlatform, "BUILDPLATFORM": buildPlatform, "TARGETSTAGE": targetStage]
        for (prefix, platform) in [("TARGET", targetPlatform), ("BUILD", buildPlatform)] {
            let parts = platform.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            found[prefix + "OS"] = parts.first ?? ""
            found[prefix + "ARCH"] = parts.count > 1 ? parts[1] : ""
            found[prefix + "VARIANT"] = parts.count > 2 ? parts[2] : ""
        }
        return found
    }

    /// The proxies that the caller gives.
    public var proxies: [String: String] { arguments.filter { Self.proxyNames.contains($0.key) } }
}
