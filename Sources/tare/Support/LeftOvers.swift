import FoundationEssentials
import Glibc
import TareCore
import TareExperiment
import TareLinux
import TareRunners

/// What killed processes left behind in Tare's own folders; nothing outside them is ever looked at or removed.
struct LeftOvers {
    /// Runs that were never begun properly: without facts or without one finished step.
    var runs: [RunFolder] = []
    /// Files and folders of roots and writes that were not finished.
    var paths: [String] = []
    /// Containers of measuring runs that were killed, by name, and half made ones by id.
    var containers: [String] = []
    /// Mounts below Tare's folders, the deepest first; those of the engine's containers and networks are its own.
    var mounts: [String] = []

    /// Whether there is nothing.
    var isEmpty: Bool { runs.isEmpty && paths.isEmpty && mounts.isEmpty && containers.isEmpty }

    /// Looks for left-overs; changes nothing.
    init(_ folders: StateFolders) {
        for folder in RunFolder.all(in: folders.runs) {
            let state = folder.state()
            guard state != .running else { continue }
            let hasSteps = (try? AppendOnlyFile.lines(at: folder.journal).isEmpty) == false
            if (try? folder.readFacts()) == nil || (state == .unfinished && !hasSteps) { runs.append(folder) }
            for name in Self.names(in: folder.path) where name.hasSuffix(".tmp") {
                paths.append(PathText.join(folder.path, name))
            }
        }
        let work = PathText.join(folders.roots, "work")
        for name in Self.names(in: work) where !name.hasSuffix(".lock") {
            // The builder of a root holds its lock as long as it lives.
            let lock = PathText.join(work, "\(name).lock")
            if FileReading.exists(lock), (try? FileLock(lock)) == nil { continue }
            paths.append(PathText.join(work, name))
        }
        let engines = ["containers", "network"].map { PathText.join(folders.state, $0) + "/" }
        mounts = Self.mounts(below: [folders.state, folders.cache]).filter { mount in
            !engines.contains { mount.hasPrefix($0) }
        }
        if FileReading.exists(PathText.join(folders.state, "containers/by-id")),
            let engine = try? MeasuringEngine.open(state: folders.state)
        {
            containers = ((try? MeasuredOwner.leftOvers(in: engine)) ?? []).map(\.name)
            containers += ((try? engine.unfinished()) ?? []).map(\.short)
        }
        state = folders.state
    }

    private let state: String

    /// Removes all of it.
    ///
    /// - Returns: what could not be removed, with the reason.
    func remove() -> [String] {
        var failures: [String] = []
        if !containers.isEmpty {
            do throws(TareError) {
                failures += try MeasuredOwner.removeLeftOvers(in: try MeasuringEngine.open(state: state)).failures
            } catch { failures.append(error.description) }
        }
        for mount in mounts where umount2(mount, Int32(MNT_DETACH)) != 0 {
            failures.append("\(mount): \(TareError.system("cannot unmount", subject: mount, errno: errno).message)")
        }
        // A tree with a mount inside must not be removed: that would remove what is mounted.
        guard !mounts.contains(where: { Mounts.isMountPoint($0) }) else { return failures }
        for path in paths {
            do { try FileManager.default.removeItem(atPath: path) } catch { failures.append("\(path): \(error)") }
        }
        for run in runs {
            do throws(TareError) { try run.remove() } catch { failures.append(error.description) }
        }
        return failures
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func mounts(below folders: [String]) -> [String] {
        let text = FileReading.valueIfPresent(at: "/proc/self/mountinfo") ?? ""
        let points = text.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: " ")
            guard fields.count > 4 else { return nil }
            let path = fields[4].split(separator: "\\040", omittingEmptySubsequences: false).joined(separator: " ")
            return folders.contains { path.hasPrefix($0 + "/") } ? path : nil
        }
        return points.sorted { $0.utf8.count > $1.utf8.count }
    }
}
