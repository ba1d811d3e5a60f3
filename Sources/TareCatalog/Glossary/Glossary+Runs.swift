import TareCore

extension Glossary {
    static let runs: [GlossaryEntry] = [
        GlossaryEntry(
            "scenario",
            .runs,
            "The YAML file that says what is compared: claims, host, platforms, guests, services, sweep, run.",
            related: ["plan", "cell"]
        ),
        GlossaryEntry(
            "plan", .runs, "Cells, replications, order, expected time and disk of a scenario; touches nothing."),
        GlossaryEntry(
            "cell",
            .runs,
            "One combination of the sweep's values for which numbers are made.",
            related: ["replication", "sweep"]
        ),
        GlossaryEntry("sweep", .runs, "The values that a scenario varies, and so its cells.", related: ["cell"]),
        GlossaryEntry(
            "replication",
            .runs,
            "One independent repetition of a cell: a launch of its own, not a loop inside one.",
            aliases: ["rep", "reps"]
        ),
        GlossaryEntry(
            "sample",
            .runs,
            "One number with quantity, unit, subject, owner and evidence.",
            related: ["journal", "evidence"]
        ),
        GlossaryEntry(
            "journal",
            .runs,
            "The file that a run appends each sample to, and brings to the disk, as it finishes. A kill loses at most one.",
            related: ["resume"]
        ),
        GlossaryEntry("dataset", .runs, "All samples of a run with where they come from.", related: ["sample"]),
        GlossaryEntry(
            "resume", .runs, "Going on with an interrupted run: the missing cells only.", related: ["journal"]),
        GlossaryEntry(
            "seed",
            .runs,
            "The number that all random draws come from: one seed, one result, on any number of threads."
        ),
        GlossaryEntry(
            "workload",
            .runs,
            "A service defined once (base, packages, files, command, port, readiness, load), from which both the "
                + "container's and the VM's content come.",
            related: ["service"]
        ),
        GlossaryEntry(
            "service", .runs, "One thing that answers: a workload with memory, writes and a number of replicas."),
        GlossaryEntry(
            "runner",
            .runs,
            "What turns a cell into samples: modelled VM, modelled container, real container, real VM. One protocol for "
                + "all.",
            related: ["mode"]
        ),
        GlossaryEntry(
            "mode",
            .runs,
            "How numbers are made: \(RunMode.allCases.map(\.rawValue).joined(separator: " or ")).",
            aliases: RunMode.allCases.map(\.rawValue),
            related: ["evidence"]
        ),
    ]

    static let exitCodes: [GlossaryEntry] = ExitCode.allCases.map { code in
        let meaning = code.meaning.prefix(1).uppercased() + code.meaning.dropFirst() + "."
        return GlossaryEntry("\(code.rawValue)", .exitCodes, meaning, aliases: ["exit \(code.rawValue)"])
    }

    static let errors: [GlossaryEntry] = [
        (TareError.Code.notFound, "A thing that was named is not there."),
        (.exists, "A thing that was to be made is there already."),
        (.usage, "Flags or arguments do not fit."),
        (.invalid, "Input was read and is wrong."),
        (.unsupported, "This machine or this build cannot do it."),
        (.noPermission, "The user may not do it."),
        (.exhausted, "Disk, memory, budget or another resource is used up."),
        (.timedOut, "It took longer than allowed."),
        (.cancelled, "The user stopped it."),
        (.corrupt, "Stored data are not what they were."),
        (.unavailable, "A tool or service that is needed does not answer."),
        (.cannotWrite, "A file could not be written."),
        (.internal, "A fault of Tare's own."),
    ].map { code, meaning in
        GlossaryEntry(code.name, .errors, meaning, related: ["\(code.exitCode.rawValue)"])
    }
}
