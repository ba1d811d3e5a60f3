import CTareLinux
import Glibc
import TareCore
import TareLinux
import TareNetwork
import TareRuntime

/// Turns a record into what the runtime is given.
struct BundlePlan {
    let record: ContainerRecord
    let folder: ContainerFolder
    let attachment: NetworkAttachment
    let volumes: VolumeStore

    /// The configuration.
    ///
    /// - Throws: `notFound` for an unknown user; `usage` for options that do not fit; `unavailable` for limits that the
    ///   host cannot set.
    func configuration() throws(TareError) -> ContainerConfiguration {
        let options = record.options
        try Cgroups.current().check(options.limits)
        // The supervisor's program is the init too: static, small, and on the host already.
        let first = options.hasInit ? [Self.initPlace, "init", "--"] : []
        var found = ContainerConfiguration(root: folder.root, arguments: first + record.arguments)
        let (user, home) = try UserLookup(root: folder.root).user(record.user, additional: options.additionalGroups)
        found.isRootReadOnly = options.isReadOnly
        found.environment = record.environment + extraEnvironment(home: home)
        found.workingFolder = record.workingFolder
        found.user = user
        found.hostName = attachment.network == "host" ? nil : options.hostName ?? record.id.short
        found.capabilities = try capabilities()
        found.mounts = try mounts()
        if let size = options.sharedMemory { found.sharedMemory = size }
        found.processLimits = try options.processLimits.map { text throws(TareError) in try Self.limit(text) }
        found.limits = options.limits
        found.devices = try options.devices.map { path throws(TareError) in try Self.device(path) }
        found.namespaces.network =
            attachment.namespace.map { .path($0) } ?? (attachment.network == "host" ? .host : .own)
        if attachment.network == "host" { found.namespaces.hostName = .host }
        if options.sharesProcesses { found.namespaces.processes = .host }
        found.kernelSettings = options.kernelSettings
        found.hasTerminal = options.hasTerminal
        found.oomScore = options.oomScore
        // Docker's default: a set-uid program of the image gains what the container may have at all.
        found.hasNoNewPrivileges = options.securityOptions.contains("no-new-privileges")
        if options.isPrivileged {
            found.maskedPaths = []
            found.readOnlyPaths = []
            found.seccomp = .unconfined
        }
        for option in options.securityOptions where option != "no-new-privileges" {
            guard option == "seccomp=unconfined" else {
                throw TareError(
                    .usage,
                    subject: "--security-opt \(option)",
                    "unknown security option",
                    hint: "known ones are seccomp=unconfined and no-new-privileges"
                )
            }
            found.seccomp = .unconfined
        }
        return found
    }

    /// Below /dev, which is memory: the mount's place is then not in the writable layer.
    private static let initPlace = "/dev/tare-init"

    private func extraEnvironment(home: String?) -> [String] {
        var extra: [String] = []
        if !record.environment.contains(where: { $0.hasPrefix("HOME=") }) { extra.append("HOME=\(home ?? "/")") }
        if !record.environment.contains(where: { $0.hasPrefix("HOSTNAME=") }) {
            extra.append("HOSTNAME=\(record.options.hostName ?? record.id.short)")
        }
        return extra
    }

    private func capabilities() throws(TareError) -> CapabilityChoice {
        let options = record.options
        if options.isPrivileged { return .privileged }
        func read(_ words: [String]) throws(TareError) -> Set<Capability> {
            var found: Set<Capability> = []
            for word in words {
                if word.uppercased() == "ALL" {
                    found.formUnion(Capability.all)
                    continue
                }
                guard let capability = Capability(word) else {
                    let near = Suggestion.nearest(to: "CAP_" + word.uppercased(), among: Capability.names)
                    throw TareError(
                        .usage,
                        subject: word,
                        "there is no such capability",
                        hint: near.map { "did you mean \($0.dropFirst(4))?" }
                    )
                }
                found.insert(capability)
            }
            return found
        }
        let dropped = try read(options.droppedCapabilities)
        return .only(Capability.standard.subtracting(dropped).union(try read(options.addedCapabilities)))
    }

    private func mounts() throws(TareError) -> [ContainerMount] {
        var found: [ContainerMount] = []
        if record.options.hasInit {
            found.append(.bind(try ShimProgram.find(), to: Self.initPlace, isReadOnly: true))
        }
        if attachment.network != "host" {
            found.append(.bind(folder.hosts, to: "/etc/hosts"))
            found.append(.bind(folder.hostName, to: "/etc/hostname"))
            found.append(.bind(folder.nameServers, to: "/etc/resolv.conf"))
        }
        // A mount below another one comes after it, in whatever order the user gave them.
        let sorted = record.options.mounts.sorted { $0.destination.utf8.count < $1.destination.utf8.count }
        for mount in sorted {
            switch mount.source {
            case .bind(let path):
                // As docker's -v: a folder that is not there is made.
                if !FileReading.exists(path) { try FolderMaking.make(path) }
                found.append(.bind(path, to: mount.destination, isReadOnly: mount.isReadOnly))
            case .volume(let name):
                guard let volume = try volumes.find(name) else {
                    throw TareError(.notFound, subject: name, "the container's volume is not there any more")
                }
                found.append(.bind(volume.path, to: mount.destination, isReadOnly: mount.isReadOnly))
            case .memory(let options):
                found.append(.tmpfs(mount.destination, options: options))
            }
        }
        return found
    }

    /// Reads `nofile=1024:2048` or `nofile=1024`.
    private static func limit(_ text: String) throws(TareError) -> ProcessLimit {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        let numbers = sides.count == 2 ? sides[1].split(separator: ":").map { UInt64($0) } : []
        guard sides.count == 2, (1...2).contains(numbers.count), let soft = numbers[0], let hard = numbers.last ?? nil
        else {
            throw TareError(.usage, subject: "--ulimit \(text)", "not a limit", hint: "write nofile=1024:2048")
        }
        return ProcessLimit(type: "RLIMIT_" + sides[0].uppercased(), soft: soft, hard: hard)
    }

    /// Reads `/dev/fuse`, `/dev/sda:/dev/xvda:rwm`.
    private static func device(_ text: String) throws(TareError) -> ContainerDevice {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var facts = stat()
        guard (1...3).contains(parts.count), stat(parts[0], &facts) == 0 else {
            throw TareError(.notFound, subject: "--device \(text)", "the host has no such device")
        }
        let kind = facts.st_mode & S_IFMT
        guard kind == S_IFCHR || kind == S_IFBLK else {
            throw TareError(.usage, subject: "--device \(text)", "this is no device node")
        }
        let device = UInt64(facts.st_rdev)
        return ContainerDevice(
            path: parts.count > 1 && parts[1].hasPrefix("/") ? parts[1] : parts[0],
            type: kind == S_IFCHR ? "c" : "b",
            major: Int64(tare_device_major(device)),
            minor: Int64(tare_device_minor(device)),
            mode: facts.st_mode & 0o777,
            access: parts.count > 1 && !parts[parts.count - 1].hasPrefix("/") ? parts[parts.count - 1] : "rwm"
        )
    }
}
