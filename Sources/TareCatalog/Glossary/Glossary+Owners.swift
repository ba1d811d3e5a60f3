import TareCore

extension Glossary {
    static let owners: [GlossaryEntry] =
        [
            GlossaryEntry(
                "owner",
                .owners,
                "Who a byte, a page or a second belongs to: \(Owner.allCases.map(\.rawValue).joined(separator: ", ")), "
                    + "in the order of every chart. Each regular file has exactly one.",
                related: ["group"]
            )
        ]
        + Owner.allCases.map { owner in
            let meaning =
                switch owner {
                case .platform:
                    "The hypervisor and its process for a guest, or the container engine and its supervisor."
                case .os: "The operating system: kernel, base userland, services and all that they bring."
                case .runtime:
                    "The language runtime or server program and the libraries that the app needs. A runtime that the "
                        + "OS needs too is given both ways."
                case .app: "The application and its data."
                case .writable: "What the running instance wrote."
                }
            return GlossaryEntry(owner.rawValue, .owners, meaning)
        }

    static let groups: [GlossaryEntry] =
        [GlossaryEntry("group", .groups, "Which part of an owner's bytes a file is in.", related: ["owner"])]
        + OwnerGroup.allCases.map { group in
            let meaning =
                switch group {
                case .kernel: "The kernel image."
                case .modules: "Kernel modules."
                case .boot: "Initramfs, boot loader and its files."
                case .base: "Base userland: what every Debian has."
                case .services: "System services and administration tools beyond the base."
                case .packageDatabase: "The package manager's database and caches."
                case .docs: "Documentation, manual pages and locales."
                case .generated: "Files that no package owns, made by package scripts or tools."
                case .runtime: "The language runtime or the server program."
                case .libraries: "Shared libraries that the runtime or the app needs."
                case .application: "The app's own files."
                case .filesystem: "File system metadata: inode tables, bitmaps, journal."
                case .written: "What the running instance wrote."
                case .other: "What fits nowhere else. It is shown, never dropped."
                }
            return GlossaryEntry(group.rawValue, .groups, meaning)
        }
}
