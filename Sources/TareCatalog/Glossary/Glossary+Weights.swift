import TareCore

extension Glossary {
    static let diskWeights: [GlossaryEntry] = DiskWeight.allCases.map { weight in
        switch weight {
        case .virtual:
            GlossaryEntry(
                weight.rawValue,
                .diskWeights,
                "What the instance is told it has: the size of its volume. A directory or an image has none; then it "
                    + "equals used.",
                aliases: [weight.quantity]
            )
        case .allocated:
            GlossaryEntry(
                weight.rawValue,
                .diskWeights,
                "The blocks that are taken on the host. Larger than used by rounding, smaller where files are sparse "
                    + "or blocks are shared.",
                aliases: [weight.quantity]
            )
        case .used:
            GlossaryEntry(
                weight.rawValue,
                .diskWeights,
                "The bytes of the regular files inside, hard links once. Claims about a disk mean this one unless "
                    + "they say otherwise.",
                aliases: [weight.quantity]
            )
        case .wire:
            GlossaryEntry(
                weight.rawValue,
                .diskWeights,
                "The bytes that travel: compressed.",
                aliases: [weight.quantity]
            )
        }
    }

    static let memoryWeights: [GlossaryEntry] = MemoryWeight.allCases.map { weight in
        let (meaning, related): (String, [String]) =
            switch weight {
            case .configured:
                ("What the instance was promised: the guest's memory, a container's limit.", ["density"])
            case .vmmRSS:
                (
                    "Resident pages of the guest's process on the host, or of the container's processes. A sum of it "
                        + "over processes counts shared pages more than once, so Tare prints none.",
                    ["vmm", "pss"]
                )
            case .pss:
                ("Resident pages, a page shared by n processes counted as 1/n in each: sums are true.", ["vmm_rss"])
            case .cgroupWorkingSet:
                ("What the control group charges, less inactive file pages that could be given back.", ["cgroup"])
            case .pageCache:
                ("File pages in memory that could be given back when somebody needs the room.", ["pss"])
            }
        return GlossaryEntry(weight.rawValue, .memoryWeights, meaning, aliases: [weight.quantity], related: related)
    }

    static let startMarks: [GlossaryEntry] = StartMark.allCases.map { mark in
        let meaning =
            switch mark {
            case .request: "Somebody asked for the instance: the clock starts here, not later."
            case .spawned: "The virtual machine monitor, or the container's first process, exists."
            case .kernelEntry:
                "The guest kernel's first instruction; for a container, which boots no kernel, vmm-spawned."
            case .initStarted: "The first user process of the instance runs."
            case .serviceReady: "The service says that it is ready."
            case .firstResponse: "The first real answer was received. A connection that is accepted is no answer."
            }
        return GlossaryEntry(mark.rawValue, .startMarks, meaning, aliases: [mark.quantity])
    }
}
