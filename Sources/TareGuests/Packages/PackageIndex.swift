/// One index of Debian packages that the machine's own apt is set up with: an archive, a suite, a keyring.
struct PackageIndex: Sendable, Hashable {
    /// The archive's address, with its final slash.
    var address: String
    /// `bookworm`, `bookworm-updates`, `bookworm-security`.
    var suite: String
    /// The keyring that its signature is checked against, where one is named.
    var keyring: String?

    /// How `apt-get indextargets` is asked to print an index.
    static let format = "$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)|$(CREATED_BY)|$(SIGNED_BY)"

    /// The indexes of Debian's own `main` for a release, from what `apt-get indextargets` printed; in order, once each.
    ///
    /// Other people's archives are left out: a root holds Debian's packages only.
    static func indexes(in text: String, release: String, keyring: String?) -> [PackageIndex] {
        let suites: Set = [release, "\(release)-updates", "\(release)-security"]
        var found: [PackageIndex] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6, fields[2] == "main", fields[3] == "Debian", fields[4] == "Packages",
                suites.contains(fields[1])
            else { continue }
            // Where no keyring is named, apt prints the word as it stands in the format.
            let named = fields[5].hasPrefix("/") ? fields[5] : keyring
            let index = PackageIndex(address: fields[0], suite: fields[1], keyring: named)
            if !found.contains(index) { found.append(index) }
        }
        return found.sorted { $0.suite < $1.suite }
    }

    /// The line of a sources list.
    var line: String {
        let options = keyring.map { "[signed-by=\($0)] " } ?? ""
        return "deb \(options)\(address) \(suite) main"
    }
}
