/// Paths of /proc and /sys that tell about the host or change it.
public enum StandardPaths {
    /// Those that show nothing in a container: memory, keys, timers and hardware of the host.
    public static let masked = [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap",
        "/sys/firmware",
    ]

    /// Those that can be read and not written: settings of the kernel that every container shares.
    public static let readOnly = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
}
