/// One installed package, as its database tells it.
struct InstalledPackage: Sendable {
    var name: String
    var version = ""
    var architecture = ""
    var section = ""
    /// Whether it is a library, which decides its group.
    var isLibrary: Bool { section.hasSuffix("libs") }
    /// Essential, or of priority required: every system has it.
    var isFloor = false
    /// The needed packages: each clause is met by any one of its names.
    var depends: [[String]] = []
    var provides: [String] = []
    /// Paths as the database lists them, directories among them.
    var paths: [String] = []
}
