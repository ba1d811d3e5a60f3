import Glibc
import TareCatalog
import TareCore
import TareLinux

extension RootStore {
    /// Builds the root of a plan, and first those below it; a root that is there already is taken.
    func build(
        _ plan: RootPlan,
        state: Digest,
        progress: @Sendable (RootProgress) -> Void
    ) async throws(OutdatedIndexes) -> BuiltRoot {
        do throws(TareError) {
            let key = try plan.key(source: state)
            if let root = try cached(key: key) { return root }
        } catch { throw .other(error) }
        var below: BuiltRoot?
        if let lower = plan.below { below = try await build(lower, state: state, progress: progress) }
        do throws(TareError) {
            let key = try plan.key(source: state)
            try FolderMaking.make("\(cache)/work")
            let lock = try await Self.lock("\(cache)/work/\(key).lock")
            // Another process may have built it while this one waited for the lock.
            if let root = try cached(key: key) { return root }
            let work = "\(cache)/work/\(key)"
            try await Self.remove(work)
            let root = try await build(plan, key: key, work: work, on: below?.path, progress: progress)
            _ = consume lock
            return root
        } catch {
            throw BuildFailure.isOutdated(error) ? .outdated(error) : .other(error)
        }
    }

    private func build(
        _ plan: RootPlan,
        key: String,
        work: String,
        on below: String?,
        progress: @Sendable (RootProgress) -> Void
    ) async throws(TareError) -> BuiltRoot {
        let source = source(release: plan.base.release)
        let began = HostClock.monotonicNanoseconds()
        try prepare(plan, work: work)
        let variables = [
            "WORK": work, "BASE": below ?? "", "RELEASE": plan.base.release, "APT": source.folder,
            "EPOCH": "\(BuildScript.epoch)", "STACK": stacking ? "overlay" : "copy",
            "BOOTSTRAP": Self.program("mmdebstrap") ? "mmdebstrap" : "debootstrap",
            "URI": FileReading.valueIfPresent(at: "\(source.folder)/address") ?? "",
            "KEYRING": source.keyring ?? "",
        ]
        let script = Command(
            program: "unshare",
            arguments: [
                "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "bash", "\(work)/script",
            ],
            environment: variables
        )
        let ending = try await script.run { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, parts[0] == "step", let fraction = Double(parts[1]) else { return }
            progress(RootProgress(root: plan.title, step: String(parts[2]), fraction: fraction))
        }
        guard ending.succeeded else {
            var log = ((try? FileReading.text(at: "\(work)/apt.log")) ?? "") + ending.output
            // On a full disk the log of it may not have been written either.
            if Self.isFull(work) { log += BuildFailure.fullDisk }
            try? AtomicFile.write("\(cache)/work/failed.log", text: log)
            try await Self.remove(work)
            throw BuildFailure.error(log: log, subject: plan.title, wanted: "build the root file system")
        }
        let record = RootRecord(
            base: plan.base.id,
            workload: plan.workload?.id,
            digest: try TreeDigest.digest(of: "\(work)/tree"),
            packages: try Self.packages(listed: "\(work)/installed"),
            builtOn: HostClock.wallText(),
            seconds: Double(HostClock.monotonicNanoseconds() - began) / 1e9
        )
        return try await keep(record, key: key, work: work)
    }

    /// Puts a finished tree in its place: the record first, so that a folder with one is always whole.
    private func keep(_ record: RootRecord, key: String, work: String) async throws(TareError) -> BuiltRoot {
        let final = "\(cache)/\(key)"
        let finished = "\(work)/finished"
        try FolderMaking.make(finished)
        try record.write("\(finished)/meta.json")
        guard rename("\(work)/tree", "\(finished)/root") == 0 else {
            throw .system("cannot keep the built root", subject: finished, errno: errno, writing: true)
        }
        // Without a record it is what a crash of the machine left.
        if FileReading.exists(final) { try await Self.remove(final) }
        guard rename(finished, final) == 0 else {
            throw .system("cannot keep the built root", subject: final, errno: errno, writing: true)
        }
        try await Self.remove(work)
        return record.root(at: "\(final)/root", fromCache: false)
    }

    /// Writes what the script reads.
    private func prepare(_ plan: RootPlan, work: String) throws(TareError) {
        for part in ["files", "build"] { try FolderMaking.make("\(work)/\(part)") }
        let workload = plan.workload
        func write(_ name: String, _ lines: [String]) throws(TareError) {
            try AtomicFile.write("\(work)/\(name)", text: lines.map { $0 + "\n" }.joined())
        }
        try write("script", [BuildScript.text])
        try write("packages", plan.packages)
        try write("build-packages", workload?.buildPackages ?? [])
        try write("commands", workload?.buildCommands ?? [])
        for file in workload?.files ?? [] {
            // A path that leaves the root would be written on this machine.
            guard file.path.hasPrefix("/"), !file.path.split(separator: "/").contains("..") else {
                throw TareError(
                    .invalid,
                    subject: file.path,
                    "cannot put the workload's file there: its path must be absolute and without `..`"
                )
            }
            let inBuild = file.path.hasPrefix("/build/")
            let place = inBuild ? "\(work)/build\(file.path.dropFirst(6))" : "\(work)/files\(file.path)"
            try FolderMaking.make(PathText.folder(of: place))
            try AtomicFile.write(place, text: file.text, mode: file.mode)
            guard chmod(place, file.mode) == 0 else {
                throw .system("cannot set the mode", subject: place, errno: errno, writing: true)
            }
        }
    }

    /// Whether the disk has less room than a single package may need.
    private static func isFull(_ path: String) -> Bool {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return false }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < 64 << 20
            || (facts.f_files > 0 && facts.f_favail < 1000)
    }

    /// `name version` per line.
    static func packages(listed path: String) throws(TareError) -> [String: String] {
        var packages: [String: String] = [:]
        for line in try FileReading.text(at: path).split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2 { packages[String(parts[0])] = String(parts[1]) }
        }
        return packages
    }

    /// Takes a lock without keeping a thread of the pool waiting.
    static func lock(_ path: String) async throws(TareError) -> FileLock {
        while true {
            do throws(TareError) {
                return try FileLock(path)
            } catch {
                guard error.code == .unavailable else { throw error }
            }
            do { try await Task.sleep(for: .milliseconds(200)) } catch {
                throw TareError(.cancelled, subject: path, "stopped while it waited for another build")
            }
        }
    }

    static func remove(_ path: String) async throws(TareError) {
        guard FileReading.exists(path) else { return }
        let ending = try await Command(program: "rm", arguments: ["-rf", "--one-file-system", "--", path]).run()
        guard ending.succeeded else {
            throw TareError(.cannotWrite, subject: path, "cannot remove what an older build left: \(ending.output)")
        }
    }
}
