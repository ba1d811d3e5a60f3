import FoundationEssentials
import Glibc
import TareCore
import TareDockerfile
import TareImages
import TareLinux

/// Everything that a RUN sees and that is in no layer: mounts, secrets, name service, scripts.
struct RunFurnishing {
    let session: BuildSession
    let points: MountPoints
    let place: StepPlace
    private(set) var mounts: [StepMount] = []
    /// Variables that hold secrets.
    private(set) var environment: [String] = []
    /// Held as long as the command runs.
    private var locks: [CacheLock] = []

    /// A cache that nobody else uses meanwhile.
    private final class CacheLock {
        let lock: FileLock
        init(_ lock: consuming FileLock) { self.lock = lock }
    }

    init(session: BuildSession, points: MountPoints, place: StepPlace) {
        self.session = session
        self.points = points
        self.place = place
    }

    /// What every command sees: the kernel's folders, names of hosts.
    mutating func standard(network: RunStep.Network) throws(TareError) {
        for path in ["/proc", "/sys", "/dev"] { _ = try points.point(path, isFolder: true) }
        let folder = try session.work.makeFolder("etc")
        try bind(text: "127.0.0.1 localhost build\n::1 localhost\n", folder + "/hosts", at: "/etc/hosts")
        guard network != .none else { return }
        if let text = try? FileReading.text(at: "/etc/resolv.conf", limit: 1 << 20) {
            try bind(text: text, folder + "/resolv.conf", at: "/etc/resolv.conf")
        }
    }

    private mutating func bind(text: String, _ file: String, at target: String) throws(TareError) {
        try AtomicFile.write(file, text: text)
        // A link into a folder that a service fills leads nowhere in an image; the command then has no name service.
        guard let point = try? points.point(target, isFolder: false) else { return }
        mounts.append(StepMount(target: point, content: .bind(file, isReadOnly: true)))
    }

    /// One `--mount`.
    mutating func add(
        _ mount: RunMount, _ source: CopySource?, folder: String, user: StepUser
    ) throws(TareError) {
        let target = mount.target.map { PathCleaning.join(folder, $0) }
        switch mount.kind {
        case .tmpfs:
            guard let target else { return }
            mounts.append(
                StepMount(target: try points.point(target, isFolder: true), content: .memory(mount.sizeBytes)))
        case .cache:
            guard let target else { return }
            let path = try cache(mount, source, target)
            mounts.append(
                StepMount(
                    target: try points.point(target, isFolder: true),
                    content: .bind(path, isReadOnly: mount.isReadOnly)))
        case .bind:
            guard let target, let source else { return }
            try bind(mount, source, target)
        case .secret: try secret(mount, target, user)
        }
    }

    private mutating func bind(_ mount: RunMount, _ source: CopySource, _ target: String) throws(TareError) {
        let path = PathCleaning.clean("/" + (mount.source ?? "")).dropFirst().description
        guard let facts = source.root.look(path), var host = source.root.hostPath(path) else {
            throw TareError(
                .notFound, subject: place.subject, "cannot mount '\(path)': \(source.name) has nothing of this name")
        }
        let isFolder = facts.st_mode & S_IFMT == S_IFDIR
        // A command must not see what .dockerignore leaves out.
        if source.hides { host = try copied(path, source, isFolder) }
        let point = try points.point(target, isFolder: isFolder)
        if mount.isReadOnly || !isFolder {
            if !mount.isReadOnly { host = try copied(path, source, isFolder) }
            mounts.append(StepMount(target: point, content: .bind(host, isReadOnly: mount.isReadOnly)))
        } else {
            let scratch = try session.work.makeFolder("scratch")
            mounts.append(StepMount(target: point, content: .throwAway(host, scratch: scratch)))
        }
    }

    private func copied(_ path: String, _ source: CopySource, _ isFolder: Bool) throws(TareError) -> String {
        let folder = try session.work.makeFolder("bind")
        let writer = TreeWriter(try TreeRoot(folder), time: session.epoch)
        var plan = CopyPlan(CopyPlan.Choices(destination: "files", isFolder: isFolder))
        try plan.add(path.isEmpty ? "/" : path, from: source)
        if isFolder { try writer.makeFolder("files") }
        for item in plan.items {
            try writer.write(item) { (file) throws(TareError) in
                try FileCopy.copy(item.entry, from: source.root, into: file)
            }
        }
        return folder + "/files"
    }

    /// The folder of a cache, by its id; what `from` holds is copied in when it is made.
    private mutating func cache(_ mount: RunMount, _ source: CopySource?, _ target: String) throws(TareError) -> String
    {
        let name = try SHA256.digest(of: mount.id ?? target).hex
        var base = session.cacheFolders + "/" + name
        try FolderMaking.make(base, mode: 0o700)
        switch mount.sharing {
        case .shared: break
        case .locked: locks.append(CacheLock(try FileLock(base + "/lock", waiting: true)))
        case .private:
            var number = 0
            while true {
                let path = number == 0 ? base : "\(session.cacheFolders)/\(name)-\(number)"
                try FolderMaking.make(path, mode: 0o700)
                if let lock = try? FileLock(path + "/lock") {
                    locks.append(CacheLock(lock))
                    base = path
                    break
                }
                number += 1
            }
        }
        let data = base + "/data"
        guard !FolderMaking.isFolder(data) else { return data }
        if let source {
            let path = try copied(PathCleaning.clean("/" + (mount.source ?? "")).dropFirst().description, source, true)
            _ = rename(path, data)
        } else {
            try FolderMaking.make(data)
        }
        _ = chmod(data, mode_t(mount.mode ?? 0o755))
        _ = chown(data, mount.uid ?? 0, mount.gid ?? 0)
        return data
    }

    private mutating func secret(_ mount: RunMount, _ target: String?, _ user: StepUser) throws(TareError) {
        let id = mount.id ?? mount.source ?? target.map { TreeRoot.name(in: $0) } ?? ""
        guard let path = session.request.secrets[id] else {
            guard mount.isRequired else { return }
            throw TareError(
                .notFound, subject: place.subject, "the secret '\(id)' is required and was not given",
                hint: "pass --secret id=\(id),src=FILE")
        }
        let text = try FileReading.text(at: path, limit: 1 << 20)
        if let name = mount.environmentName { environment.append("\(name)=\(text)") }
        guard target != nil || mount.environmentName == nil else { return }
        let file = try session.work.makeFolder("secret") + "/secret"
        try AtomicFile.write(file, text: text, mode: 0o400)
        _ = chmod(file, mode_t(mount.mode ?? 0o400))
        _ = chown(file, mount.uid ?? 0, mount.gid ?? 0)
        mounts.append(
            StepMount(
                target: try points.point(target ?? "/run/secrets/\(id)", isFolder: false),
                content: .bind(file, isReadOnly: true)))
    }

    /// A script of a heredoc that begins with `#!` is started as a file; all else stays.
    mutating func script(_ step: RunStep, _ words: [String]) throws(TareError) -> [String] {
        guard let script = step.script, script.text.hasPrefix("#!") else { return words }
        let file = try session.work.makeFolder("script") + "/script"
        try AtomicFile.write(file, text: script.text, mode: 0o755)
        mounts.append(
            StepMount(
                target: try points.point("/.tare-script", isFolder: false), content: .bind(file, isReadOnly: true)))
        return ["/.tare-script"]
    }
}
