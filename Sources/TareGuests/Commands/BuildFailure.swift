import TareCore

/// Turns what apt, dpkg and their like printed before they failed into an error that says what to do.
enum BuildFailure {
    /// What the kernel calls a full disk.
    static let fullDisk = "No space left on device\n"

    private static let full = [
        "No space left on device", "Disk quota exceeded", "not enough free space", "enough free",
    ]
    private static let gone = ["404  Not Found", "Hash Sum mismatch", "File has unexpected size"]
    private static let lostPackage = "the archive no longer has a package of the known indexes"
    private static let offline = [
        "Could not resolve", "Temporary failure resolving", "Could not connect", "Connection failed",
        "Unable to connect", "Network is unreachable", "Connection timed out", "connection timed out",
        "Some index files failed to download", "Failed to fetch", "Unable to fetch",
    ]
    private static let unknown = ["Unable to locate package", "has no installation candidate"]

    /// The error behind a failed build.
    ///
    /// - Parameters:
    ///   - log: what was printed.
    ///   - subject: the root.
    ///   - wanted: what was tried, as a verb: `install the packages`.
    /// - Returns: the error; its causes are the last lines that tell, without addresses.
    static func error(log: String, subject: String, wanted: String) -> TareError {
        func has(_ words: [String]) -> Bool { words.contains { log.contains($0) } }
        let (code, what, hint): (TareError.Code, String, String) =
            if has(full) {
                (.cannotWrite, "the disk is full", "free some disk space, or set TARE_CACHE to a larger disk")
            } else if has(gone) {
                (.unavailable, lostPackage, "run it again")
            } else if has(offline) {
                (
                    .unavailable, "the package source does not answer",
                    "check the network, or name a source with --mirror"
                )
            } else if has(unknown) {
                (.notFound, "the package source has no such package", "check the package names of the workload")
            } else {
                (.internal, "a command of the build failed", "the log is kept in the cache, in work/failed.log")
            }
        let telling = lines(of: log).map { TareError(code, subject: "", $0) }
        return TareError(code, subject: subject, "cannot \(wanted): \(what)", hint: hint, causes: telling)
    }

    /// Whether fetching the indexes again may help; the lines that say so may be far above an error's last ones.
    static func isOutdated(_ error: TareError) -> Bool { error.message.hasSuffix(lostPackage) }

    /// The last three error lines, or the last three lines at all.
    private static func lines(of log: String) -> [String] {
        let all = log.split(separator: "\n").map { withoutAddresses(String($0)) }
        let errors = all.filter { $0.hasPrefix("E:") || $0.contains("rror") }
        return Array((errors.isEmpty ? all : errors).suffix(3))
    }

    /// A mirror's host is nobody's business in a message that may be passed on.
    static func withoutAddresses(_ line: String) -> String {
        var before: Substring = ""
        return line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            defer { before = word }
            if ["resolve", "resolving", "to"].contains(before), word.contains(".") { return "(host)" }
            guard word.contains("://") else { return String(word) }
            return "(" + (word.split(separator: "/").last.map(String.init) ?? "address") + ")"
        }.joined(separator: " ")
    }
}
