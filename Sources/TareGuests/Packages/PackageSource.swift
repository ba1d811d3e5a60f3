import Glibc
import TareCore
import TareLinux

/// Where packages come from while a root is built: the machine's own apt sources, cut down to Debian's, with indexes and
/// downloaded packages kept beneath `folder` and shared by all roots.
///
/// The indexes are fetched once and stay as they are, so that all roots of one cache are of one state of the archive;
/// `refresh` fetches them again, which the store does when a package is no longer to be had.
struct PackageSource: Sendable {
    /// The Debian release: `bookworm`.
    var release: String
    /// An archive to use in place of the machine's own sources.
    var mirror: String?
    /// `apt.conf`, `sources.list`, `lists/`, `archives/`; one folder a release and mirror, which know different packages.
    var folder: String

    init(cache: String, release: String, mirror: String?) {
        self.release = release
        self.mirror = mirror
        // The name has to differ, not to tell: a mirror's address is not written into a folder's name.
        let suffix = mirror.flatMap { try? SHA256.digest(of: $0) }.map { "-" + $0.hex.prefix(8) } ?? ""
        folder = "\(cache)/apt-\(release)\(suffix)"
    }

    private static let debianKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg"

    var keyring: String? { FileReading.exists(Self.debianKeyring) ? Self.debianKeyring : nil }
    private var stamp: String { "\(folder)/indexes-\(release)" }

    /// The digest of the indexes as they are here, or `nil` where none has been fetched.
    var state: Digest? { FileReading.valueIfPresent(at: stamp).flatMap { Digest(hex: $0) } }

    /// Fetches the indexes.
    func refresh() async throws(TareError) -> Digest {
        for part in ["lists/partial", "archives/partial", "cache"] { try FolderMaking.make("\(folder)/\(part)") }
        let indexes = try await indexes()
        let settings = try await settings()
        // What mmdebstrap reads has no paths; what apt-get reads has ours.
        try AtomicFile.write("\(folder)/bootstrap.conf", text: settings)
        try AtomicFile.write("\(folder)/apt.conf", text: settings + paths)
        try AtomicFile.write("\(folder)/sources.list", text: indexes.map { $0.line + "\n" }.joined())
        if let main = indexes.first(where: { $0.suite == release }) {
            try AtomicFile.write("\(folder)/address", text: main.address)
        }
        let update = Command(
            program: "apt-get",
            arguments: [
                "-q", "-y", "-o", "Dir::Cache=\(folder)/cache", "-o", "Dir::State::status=/dev/null",
                "-o", "APT::Update::Error-Mode=any", "update",
            ],
            environment: ["APT_CONFIG": "\(folder)/apt.conf"]
        )
        let ending = try await update.run()
        guard ending.succeeded else {
            throw BuildFailure.error(log: ending.output, subject: release, wanted: "fetch the package indexes")
        }
        let digest = try listsDigest()
        try AtomicFile.write(stamp, text: digest.hex + "\n")
        return digest
    }

    private var paths: String {
        """
        Dir::Etc::main "/dev/null";
        Dir::Etc::parts "/dev/null";
        Dir::Etc::sourceparts "/dev/null";
        Dir::Etc::sourcelist "\(folder)/sources.list";
        Dir::State::lists "\(folder)/lists";

        """
    }

    private func indexes() async throws(TareError) -> [PackageIndex] {
        if let mirror {
            let address = mirror.hasSuffix("/") ? mirror : mirror + "/"
            return [release, "\(release)-updates"].map {
                PackageIndex(address: address, suite: $0, keyring: keyring)
            }
        }
        let listing = try await Command(
            program: "apt-get",
            arguments: ["indextargets", "--format", PackageIndex.format]
        ).run()
        let indexes = PackageIndex.indexes(in: listing.output, release: release, keyring: keyring)
        guard indexes.contains(where: { $0.suite == release }) else {
            throw TareError(
                .unavailable,
                subject: release,
                "cannot find a source of Debian \(release) packages: apt here has none for it",
                hint: "name one with --mirror, or add it to /etc/apt/sources.list.d and run `apt-get update`"
            )
        }
        return indexes
    }

    /// The machine's own settings of how packages are fetched: proxies, certificates, checks of dates.
    private func settings() async throws(TareError) -> String {
        let dump = try await Command(program: "apt-config", arguments: ["dump"]).run()
        let left = ["Acquire::IndexTargets", "Acquire::Languages", "Acquire::GzipIndexes", "Acquire::Changelogs"]
        let lines = dump.output.split(separator: "\n").filter { line in
            line.hasPrefix("Acquire::") && !left.contains { line.hasPrefix($0) }
        }
        return lines.map { $0 + "\n" }.joined()
            + "APT::Sandbox::User \"root\";\nAcquire::Languages \"none\";\n"
    }

    /// Over the signed release files, each of which has the digest of every package's index in it.
    private func listsDigest() throws(TareError) -> Digest {
        let names = try FolderListing.names(in: "\(folder)/lists").filter { $0.hasSuffix("Release") }
        var digests: [String] = []
        // By content alone: the names hold the mirror's host.
        for name in names { digests.append(try SHA256.digest(ofFile: "\(folder)/lists/\(name)").digest.hex) }
        return try SHA256.digest(of: digests.sorted().joined(separator: "\n"))
    }
}
