import FoundationEssentials
import TareCore
import TareLinux

/// Removes folders of the engine's own.
enum TreeRemoving {
    /// Removes a folder with all that is in it; one that is not there is no failure.
    ///
    /// - Throws: `cannotWrite`. Nothing that is mounted below it is entered: the kernel refuses to remove it.
    static func remove(_ path: String) throws(TareError) {
        guard FileReading.exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            guard FileReading.exists(path) else { return }
            throw TareError(.cannotWrite, subject: path, "cannot remove the folder: \(error)")
        }
    }
}
