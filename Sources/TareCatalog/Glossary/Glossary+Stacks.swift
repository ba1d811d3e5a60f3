extension Glossary {
    static let stack: [GlossaryEntry] = [
        GlossaryEntry(
            "tare",
            .stack,
            "The weight of the packaging without its cargo: what running a service costs beyond the service itself.",
            related: ["claim", "owner"]
        ),
        GlossaryEntry(
            "host",
            .stack,
            "The machine that everything runs on: an EC2 type from the catalogue, numbers of your own, or this machine.",
            related: ["ec2", "numa"]
        ),
        GlossaryEntry(
            "ec2",
            .stack,
            "Amazon's rented machines. The catalogue has types with their cores, memory and network as published.",
            aliases: ["EC2 host", "instance type"],
            related: ["host", "nitro"]
        ),
        GlossaryEntry(
            "hypervisor",
            .stack,
            "The layer that shares one host among guest VMs: it owns CPU time, memory and devices and hands out parts.",
            related: ["nitro", "vm", "vmm"]
        ),
        GlossaryEntry(
            "nitro",
            .stack,
            "The hypervisor design of EC2: storage and network work is done by cards, the hypervisor itself is thin "
                + "and memory is promised to one guest only. Tare models such a hypervisor from published figures; it "
                + "is not Amazon's code.",
            aliases: ["Nitro-style", "Nitro card"],
            related: ["hypervisor", "ec2"]
        ),
        GlossaryEntry(
            "vmm",
            .stack,
            "Virtual machine monitor: the process on the host that is one guest's machine. Its memory beyond the "
                + "guest's own is a cost of the platform.",
            aliases: ["virtual machine monitor"],
            related: ["vmm_rss", "platform"]
        ),
        GlossaryEntry(
            "kvm",
            .stack,
            "The Linux kernel's own hypervisor. `tare doctor` tries it: usable, emulated (too slow to time guests), "
                + "absent or broken.",
            related: ["vmm", "microvm"]
        ),
        GlossaryEntry(
            "microvm",
            .stack,
            "A guest with few devices and no firmware, made to start fast.",
            related: ["vm", "kvm"]
        ),
        GlossaryEntry(
            "vm",
            .stack,
            "A guest with a kernel, an OS, a runtime and an app of its own, under a hypervisor. One side of the "
                + "comparison.",
            aliases: ["guest", "virtual machine", "instance"],
            related: ["guest OS", "container"]
        ),
        GlossaryEntry(
            "guest OS",
            .stack,
            "The operating system inside a VM, kernel and services included. Every VM has its own.",
            aliases: ["guest system"],
            related: ["os", "duplication"]
        ),
        GlossaryEntry(
            "minimal",
            .stack,
            "The guest OS profile `debian-12-minimal`: Debian with systemd, a kernel and what starting needs.",
            aliases: ["debian-12-minimal"],
            related: ["cloud-server", "guest OS"]
        ),
        GlossaryEntry(
            "cloud-server",
            .stack,
            "The guest OS profile `debian-12-cloud`: minimal plus what a cloud image of a server brings "
                + "(cloud-init, ssh, logs, updates, tools).",
            aliases: ["debian-12-cloud"],
            related: ["minimal", "guest OS"]
        ),
        GlossaryEntry(
            "container engine",
            .stack,
            "The process that makes containers from images and watches them. One serves all containers of a host.",
            aliases: ["engine"],
            related: ["container", "image"]
        ),
        GlossaryEntry(
            "duplication",
            .stack,
            "The same bytes stored or loaded more than once: N guests with full copies hold the OS N times.",
            related: ["shared base", "linked clone", "ksm"]
        ),
        GlossaryEntry(
            "density",
            .stack,
            "How many services fit on one host, and which resource runs out first.",
            related: ["host"]
        ),
        GlossaryEntry(
            "numa",
            .stack,
            "Memory in nodes, each near some of the CPUs: memory of another node is slower to reach. Read through "
                + "libnuma.",
            aliases: ["memory node"],
            related: ["host"]
        ),
        GlossaryEntry(
            "ksm",
            .stack,
            "Kernel same-page merging: the host kernel finds equal pages of guests and keeps one.",
            aliases: ["page sharing", "kernel same-page merging"],
            related: ["duplication", "pss"]
        ),
        GlossaryEntry(
            "thp",
            .stack,
            "Transparent huge pages: the kernel may back memory with 2 MiB pages, so that resident figures grow in "
                + "larger steps.",
            aliases: ["transparent huge pages"],
            related: ["vmm_rss"]
        ),
        GlossaryEntry(
            "cgroup",
            .stack,
            "Control group: the kernel's account and limit of a set of processes. A container is in one.",
            aliases: ["control group", "cgroups"],
            related: ["cgroup_working_set"]
        ),
    ]

    static let images: [GlossaryEntry] = [
        GlossaryEntry(
            "container",
            .images,
            "A running copy of an image plus a writable layer: app and runtime on the host's kernel, kept apart by "
                + "the kernel. One side of the comparison.",
            aliases: ["containers"],
            related: ["image", "writable layer", "vm"]
        ),
        GlossaryEntry(
            "image",
            .images,
            "A stack of read-only layers and how to start what is in them. Many containers run from one image.",
            related: ["layer", "Dockerfile", "registry"]
        ),
        GlossaryEntry(
            "layer",
            .images,
            "One read-only step of an image: files added, changed or hidden. Known by its digest, stored once, used by "
                + "every image that has it.",
            aliases: ["read-only layer"],
            related: ["image", "writable layer", "digest"]
        ),
        GlossaryEntry(
            "writable layer",
            .images,
            "What one container wrote, above its image's layers. It is all that differs between two containers of one "
                + "image.",
            aliases: ["read/write layer", "upper layer"],
            related: ["copy-up", "writable"]
        ),
        GlossaryEntry(
            "copy-up",
            .images,
            "Changing a file of a read-only layer first copies the whole file into the writable layer, however small "
                + "the change.",
            related: ["overlay", "writable layer"]
        ),
        GlossaryEntry(
            "whiteout",
            .images,
            "A mark in a layer that hides a file of a lower one. The hidden bytes are still in the lower layer.",
            aliases: ["opaque directory"],
            related: ["layer", "overlay"]
        ),
        GlossaryEntry(
            "overlay",
            .images,
            "The kernel's file system that shows a stack of folders as one: layers below, the writable layer on top.",
            aliases: ["overlayfs"],
            related: ["layer", "copy-up"]
        ),
        GlossaryEntry(
            "Dockerfile",
            .images,
            "The text that an image is built from; each line that changes files makes a layer.",
            related: ["FROM", "layer"]
        ),
        GlossaryEntry(
            "FROM",
            .images,
            "The Dockerfile line that names the base image, whose layers the new image uses without copying.",
            aliases: ["base image", "base"],
            related: ["Dockerfile", "shared base"]
        ),
        GlossaryEntry(
            "registry",
            .images,
            "A hub of images: layers are sent by digest, and one that the other side has is not sent.",
            aliases: ["hub"],
            related: ["image", "wire"]
        ),
        GlossaryEntry(
            "digest",
            .images,
            "The SHA-256 of content, and its name: equal digests are equal bytes.",
            related: ["layer"]
        ),
    ]

    static let disks: [GlossaryEntry] = [
        GlossaryEntry(
            "full copy",
            .disks,
            "Every VM has a disk of its own with the whole OS on it.",
            aliases: ["full"],
            related: ["linked clone", "shared base"]
        ),
        GlossaryEntry(
            "linked clone",
            .disks,
            "A VM's disk that holds only what differs from a base disk below it (qcow2 with a backing file): it starts "
                + "near nothing and grows with every write.",
            aliases: ["linked", "backing file", "thin disk"],
            related: ["full copy", "shared base"]
        ),
        GlossaryEntry(
            "shared base",
            .disks,
            "One read-only root file system for many VMs, each with a private writable part: what layers are to "
                + "containers.",
            aliases: ["shared-base"],
            related: ["linked clone", "layer"]
        ),
        GlossaryEntry(
            "weighing",
            .disks,
            "What one root, image or disk weighs, by owner and group, in the four disk weights. The owners' used "
                + "bytes add up to the whole exactly.",
            related: ["owner", "used"]
        ),
    ]
}
