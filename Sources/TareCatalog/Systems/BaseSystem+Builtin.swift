import TareCore

extension BaseSystem {
    /// The base systems that Tare builds and weighs: the container's base and two guest operating systems.
    public static let builtins: [BaseSystem] = [.container, .minimal, .cloud]

    /// The base system with this id, or `nil` where there is none.
    public static func builtin(_ id: String) -> BaseSystem? { builtins.first { $0.id == id } }

    /// What an official Debian container image holds: the required packages and apt.
    public static let container = BaseSystem(
        id: "debian-12-container",
        title: "Debian 12, container base",
        role: .container,
        release: "bookworm",
        packages: []
    )

    /// Guest OS A: the smallest Debian that boots with systemd on a cloud kernel.
    public static let minimal = BaseSystem(
        id: "debian-12-minimal",
        title: "Debian 12, minimal guest",
        role: .guest,
        release: "bookworm",
        packages: minimalPackages,
        volume: .gibibytes(8)
    )

    /// Guest OS B: the set of packages of a typical cloud server image.
    public static let cloud = BaseSystem(
        id: "debian-12-cloud",
        title: "Debian 12, cloud server guest",
        role: .guest,
        release: "bookworm",
        packages: minimalPackages + cloudPackages,
        volume: .gibibytes(8)
    )

    private static let minimalPackages = [
        "dbus", "initramfs-tools", "iproute2", "kmod", "libnss-systemd", "linux-image-cloud-amd64", "systemd",
        "systemd-sysv", "udev", "zstd",
    ]

    // The two boot loaders of the set come as grub-efi-amd64 and grub-pc-bin: grub-cloud-amd64, which a cloud image
    // has in their place, wants to write to a boot disk when it is configured, and a root has none. The clock is
    // systemd-timesyncd: chrony would replace it.
    private static let cloudPackages = [
        "apparmor", "apt-listchanges", "apt-utils", "bash-completion", "bind9-host", "bsdextrautils", "bzip2",
        "ca-certificates", "cloud-guest-utils", "cloud-init", "cloud-initramfs-growroot", "cron", "curl",
        "dbus-user-session", "dmidecode", "dmsetup", "dosfstools", "e2fsprogs", "ethtool", "fdisk", "file", "gdisk",
        "gnupg", "groff-base", "grub-efi-amd64", "grub-pc-bin", "ifupdown", "inetutils-telnet", "iputils-ping",
        "isc-dhcp-client", "less", "libpam-systemd", "locales", "logrotate", "lsof", "man-db", "manpages",
        "nano", "ncurses-term", "netbase", "netcat-openbsd", "netplan.io", "nftables", "openssh-client",
        "openssh-server", "openssl", "parted", "pciutils", "perl", "polkitd", "procps", "psmisc", "python3",
        "python3-apt", "rsyslog", "screen", "socat", "sudo", "systemd-resolved", "systemd-timesyncd",
        "tcpdump", "traceroute", "tzdata", "unattended-upgrades", "uuid-runtime", "vim", "wget", "whiptail",
        "xz-utils",
    ]
}
