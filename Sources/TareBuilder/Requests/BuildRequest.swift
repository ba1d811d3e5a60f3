import TareOCI

/// What is to be built.
public struct BuildRequest: Sendable {
    /// The folder that COPY and ADD take from.
    public var context: String
    /// The Dockerfile's path; `nil` for `Dockerfile` in the context.
    public var file: String?
    /// The Dockerfile's text, where it is in no file.
    public var text: String?
    /// Names that the image gets, in full form.
    public var names: [String] = []
    /// The stage to build; `nil` for the last one.
    public var target: String?
    /// `--build-arg`.
    public var arguments: [String: String] = [:]
    /// `--label`: added to those of the file.
    public var labels: [String: String] = [:]
    /// `--platform`.
    public var platform: ImagePlatform = .host
    /// Whether steps that were built before are built again.
    public var ignoresCache = false
    /// Whether each step is told why it was taken from the cache or not.
    public var explains = false
    /// Secrets by id: the path of the file that holds one.
    public var secrets: [String: String] = [:]
    /// The time of everything that the build makes, in seconds since 1970; `nil` for the argument or variable
    /// `SOURCE_DATE_EPOCH`, and without one for `standardEpoch`.
    public var epoch: Int64?

    /// 2026-01-01T00:00:00Z: the time of what is built, where none is given, so that two builds agree.
    public static let standardEpoch: Int64 = 1_767_225_600

    /// Names a context.
    ///
    /// - Parameter context: the folder.
    public init(context: String) { self.context = context }
}
