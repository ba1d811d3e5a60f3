import TareCore

/// What every container has mounted: the list of the runtime specification with docker's options.
enum StandardMounts {
    static func all(for configuration: ContainerConfiguration) -> [MountSpec] {
        let closed = ["nosuid", "noexec", "nodev"]
        // Whoever has all capabilities may change the kernel's settings anyway.
        var mounts = [
            MountSpec(destination: "/proc", type: "proc", source: "proc", options: closed),
            MountSpec(
                destination: "/dev",
                type: "tmpfs",
                source: "tmpfs",
                options: ["nosuid", "strictatime", "mode=755", "size=65536k"]
            ),
            MountSpec(
                destination: "/dev/pts",
                type: "devpts",
                source: "devpts",
                options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]
            ),
            MountSpec(destination: "/sys", type: "sysfs", source: "sysfs", options: closed + ["ro"]),
            MountSpec(
                destination: "/sys/fs/cgroup",
                type: "cgroup",
                source: "cgroup",
                options: closed + ["relatime", "ro"]
            ),
        ]
        let own = configuration.namespaces.ipc != .host
        if own {
            mounts.append(MountSpec(destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: closed))
        }
        mounts.append(
            MountSpec(
                destination: "/dev/shm",
                type: "tmpfs",
                source: "shm",
                options: closed + ["mode=1777", "size=\(configuration.sharedMemory.bytes)"]
            )
        )
        let covered = Set(configuration.mounts.map(\.destination))
        return mounts.filter { !covered.contains($0.destination) }
    }
}
