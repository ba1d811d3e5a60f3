import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// The volumes of one state folder: `<root>/<name>/volume.json` and `<root>/<name>/data`.
public struct VolumeStore: Sendable {
    /// The folder.
    public let root: String

    /// Opens the store, making it where there is none.
    public init(root: String) throws(TareError) {
        self.root = root
        try FolderMaking.make(root, mode: 0o711)
    }

    /// Makes a volume; one that is there already is returned as it is.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - isAnonymous: whether it goes with its container.
    ///   - labels: labels of a new one.
    /// - Returns: the volume, and whether it is new.
    /// - Throws: `usage` where the name is none; `TareError` with the errno.
    @discardableResult
    public func make(
        _ name: String,
        isAnonymous: Bool = false,
        labels: [String: String] = [:]
    ) throws(TareError) -> (volume: Volume, isNew: Bool) {
        try ContainerName.check(name)
        if let there = try find(name) { return (there, false) }
        let folder = "\(root)/\(name)"
        try FolderMaking.make(folder, mode: 0o711)
        try FolderMaking.make(folder + "/data")
        let volume = Volume(
            name: name,
            path: folder + "/data",
            created: HostClock.wallText(),
            isAnonymous: isAnonymous,
            labels: labels
        )
        try AtomicFile.write(folder + "/volume.json", text: try JSONText.encode(volume))
        return (volume, true)
    }

    /// The volume of a name, or `nil`.
    public func find(_ name: String) throws(TareError) -> Volume? {
        let path = "\(root)/\(name)/volume.json"
        guard !name.contains("/"), FileReading.exists(path) else { return nil }
        return try JSONText.decode(Volume.self, from: try FileReading.text(at: path), subject: path)
    }

    /// All volumes, by name.
    public func list() throws(TareError) -> [Volume] {
        var found: [Volume] = []
        for name in try FolderNames.list(root) {
            if let volume = try find(name) { found.append(volume) }
        }
        return found
    }

    /// Removes a volume with its content; the description goes first, so that a half removed one is none.
    ///
    /// - Throws: `notFound`; `TareError` with the errno.
    public func remove(_ name: String) throws(TareError) {
        guard try find(name) != nil else { throw TareError(.notFound, subject: name, "there is no such volume") }
        _ = unlink("\(root)/\(name)/volume.json")
        do {
            try FileManager.default.removeItem(atPath: "\(root)/\(name)")
        } catch {
            throw TareError(.cannotWrite, subject: name, "cannot remove the volume's content: \(error)")
        }
    }
}
