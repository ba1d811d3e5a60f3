extension TareError {
    /// The kind of a failure.
    ///
    /// Open: a word that came from outside and is not known here is `internal`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The word.
        public let name: String

        private init(_ name: String) { self.name = name }

        /// A thing that was named is not there.
        public static let notFound = Code("not-found")
        /// A thing that was to be made is there already.
        public static let exists = Code("exists")
        /// Flags or arguments do not fit.
        public static let usage = Code("usage")
        /// Input was read and is wrong.
        public static let invalid = Code("invalid")
        /// This machine or this build cannot do it.
        public static let unsupported = Code("unsupported")
        /// The user may not do it.
        public static let noPermission = Code("no-permission")
        /// Disk, memory, budget or another resource is used up.
        public static let exhausted = Code("exhausted")
        /// It took longer than allowed.
        public static let timedOut = Code("timed-out")
        /// The user stopped it.
        public static let cancelled = Code("cancelled")
        /// Stored data are not what they were.
        public static let corrupt = Code("corrupt")
        /// A tool or service that is needed does not answer.
        public static let unavailable = Code("unavailable")
        /// A file could not be written.
        public static let cannotWrite = Code("cannot-write")
        /// A fault of Tare's own.
        public static let `internal` = Code("internal")

        /// The word.
        public var description: String { name }

        /// The exit code that the command line ends with.
        public var exitCode: ExitCode {
            switch self {
            case .notFound: .inputMissing
            case .usage: .usage
            case .invalid, .corrupt: .invalidInput
            case .unsupported, .unavailable: .unavailable
            case .noPermission: .noPermission
            case .exhausted, .timedOut: .budgetUsedUp
            case .cancelled: .interrupted
            case .exists, .cannotWrite: .cannotWrite
            default: .internalError
            }
        }
    }
}
