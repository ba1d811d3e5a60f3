import FoundationEssentials
import TareCore
import TareLinux

/// Credentials by registry, in the format of docker's `config.json`, so that one file can serve both.
///
///     { "auths": { "registry.example:5000": { "auth": "dXNlcjpzZWNyZXQ=" } } }
///
/// The file is readable by its owner only.
public struct CredentialFile: Sendable {
    /// The file; it need not exist.
    public let path: String

    /// Names a file.
    public init(path: String) { self.path = path }

    /// The file of this process: `TARE_AUTH_FILE`, or `auth.json` in the state folder.
    public static func current() throws(TareError) -> CredentialFile {
        if let stated = Environment.nonEmpty("TARE_AUTH_FILE") { return CredentialFile(path: stated) }
        return CredentialFile(path: PathText.join(try StateFolders.current().state, "auth.json"))
    }

    /// What is kept for a registry, or `nil`.
    ///
    /// - Throws: `corrupt` where the file is there and is not such a file.
    public func credentials(for host: String) throws(TareError) -> RegistryCredentials? {
        guard let entry = try read().auths?[host], let auth = entry.auth else { return nil }
        guard
            let data = Data(base64Encoded: auth),
            case let text = String(decoding: data, as: UTF8.self),
            let colon = text.firstIndex(of: ":")
        else {
            throw TareError(
                .corrupt,
                subject: path,
                "cannot read the credentials of \(host): not base64 of user:secret",
                hint: "`tare image login \(host)` writes them anew"
            )
        }
        return RegistryCredentials(user: String(text[..<colon]), secret: String(text[text.index(after: colon)...]))
    }

    /// Keeps credentials for a registry, or forgets them with `nil`; written beside and renamed.
    ///
    /// - Returns: whether there were credentials before.
    @discardableResult
    public func store(_ credentials: RegistryCredentials?, for host: String) throws(TareError) -> Bool {
        var content = try read()
        var auths = content.auths ?? [:]
        let before = auths[host]
        auths[host] = credentials.map { Entry(auth: Data("\($0.user):\($0.secret)".utf8).base64EncodedString()) }
        content.auths = auths
        try FolderMaking.make(PathText.folder(of: path))
        try AtomicFile.write(path, text: try JSONText.encode(content) + "\n", mode: 0o600)
        return before != nil
    }

    private struct Content: Codable {
        var auths: [String: Entry]?
    }

    private struct Entry: Codable {
        var auth: String?
    }

    private func read() throws(TareError) -> Content {
        guard FileReading.exists(path) else { return Content() }
        return try JSONText.decode(Content.self, from: try FileReading.text(at: path), subject: path)
    }
}
