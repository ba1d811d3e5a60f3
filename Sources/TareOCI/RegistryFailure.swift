/// A registry's answer where it could not do what was asked: a list of errors.
public struct RegistryFailure: Hashable, Codable, Sendable {
    /// One error.
    public struct Entry: Hashable, Codable, Sendable {
        /// The word: `BLOB_UNKNOWN`, `MANIFEST_UNKNOWN`, `UNAUTHORIZED`.
        public var code: String
        /// For people.
        public var message: String?

        /// Makes an error.
        public init(code: String, message: String? = nil) {
            self.code = code
            self.message = message
        }
    }

    /// The errors.
    public var errors: [Entry]

    /// Makes an answer.
    public init(errors: [Entry]) { self.errors = errors }

    /// The words that the distribution specification knows.
    public static let knownCodes: Set<String> = [
        "BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN",
        "MANIFEST_INVALID", "MANIFEST_UNKNOWN", "NAME_INVALID", "NAME_UNKNOWN", "SIZE_INVALID", "UNAUTHORIZED",
        "DENIED", "UNSUPPORTED", "TOOMANYREQUESTS",
    ]
}
