import TareCore
import TareLinux
import TareOCI

extension HubStore {
    /// The tags of a repository, sorted by their bytes.
    func tags(of name: RepositoryName) throws(HubFailure) -> [String] {
        guard exists(name) else { throw HubFailure(404, .nameUnknown, "there is no repository \(name)") }
        return try Self.internally { () throws(TareError) in try FolderNames.list(folder(name) + "/_tags") }
    }

    /// The names of all repositories, sorted by their bytes.
    ///
    /// - Complexity: O(folders).
    public func repositories() throws(TareError) -> [RepositoryName] {
        var found: [RepositoryName] = []
        var waiting = [""]
        while let prefix = waiting.popLast() {
            for part in try FolderNames.list("\(root)/repositories/\(prefix)") where !part.hasPrefix("_") {
                let path = prefix.isEmpty ? part : prefix + "/" + part
                waiting.append(path)
                if let name = RepositoryName(path), exists(name) { found.append(name) }
            }
        }
        return found.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
    }

    /// Takes the blobs that no repository names any more.
    ///
    /// No request may run meanwhile: the server calls it before it listens.
    ///
    /// - Returns: how many blobs went, and their bytes.
    @discardableResult
    public func collect() throws(TareError) -> (blobs: Int, bytes: Int64) {
        var named: Set<String> = []
        for name in try repositories() {
            for link in try FolderNames.list(folder(name) + "/_blobs") {
                let text = FileReading.valueIfPresent(at: "\(folder(name))/_blobs/\(link)") ?? ""
                named.insert(Digest(text)?.hex ?? link)
            }
        }
        var gone = (blobs: 0, bytes: Int64(0))
        for blob in try content.list() where !named.contains(blob.digest.hex) {
            try content.remove(blob.digest)
            gone.blobs += 1
            gone.bytes += blob.size
        }
        return gone
    }
}
