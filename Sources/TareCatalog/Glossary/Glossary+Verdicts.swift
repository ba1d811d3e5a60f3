import TareCore

extension Glossary {
    static let evidence: [GlossaryEntry] =
        [
            GlossaryEntry(
                "evidence",
                .evidence,
                "Where a number comes from. Every number shows one of \(Evidence.allCases.map(\.badge).joined(separator: ", ")); "
                    + "a result made from two kinds is of the weaker one.",
                aliases: ["badge"],
                related: ["certainty"]
            )
        ]
        + Evidence.allCases.map { kind in
            let meaning =
                switch kind {
                case .measured: "Measured by Tare: on this machine, unless date and machine are given."
                case .modelled: "Computed by Tare's model from other figures."
                case .published: "Taken from a publication, whose row in the catalogue names the source."
                case .assumed: "A prior without a source that could be read again."
                }
            return GlossaryEntry(kind.rawValue, .evidence, meaning, related: ["evidence"])
        }

    static let verdicts: [GlossaryEntry] = [
        GlossaryEntry(
            "claim",
            .verdicts,
            "A sentence made testable: a quantity with its denominator, a band, and a scope.",
            related: ["band", "scope", "verdict"]
        ),
        GlossaryEntry(
            "quantity",
            .verdicts,
            "What is counted, by name: disk.used, mem.pss, start.first-response, or a share such as share(os, disk.used).",
            related: ["denominator"]
        ),
        GlossaryEntry(
            "denominator",
            .verdicts,
            "What a share is a share of. The same disk can be inside the band of one weight and outside that of another.",
            related: ["disk.used"]
        ),
        GlossaryEntry(
            "band",
            .verdicts,
            "The range of values that the claim names, ends included: 60%..70%.",
            related: ["claim", "boundary"]
        ),
        GlossaryEntry(
            "scope",
            .verdicts,
            "For whom a claim is tested: numbers of services, guest OSs, workloads. Outside it nothing is said.",
            related: ["cell"]
        ),
        GlossaryEntry(
            "boundary",
            .verdicts,
            "The rule that parts the cells where a claim holds from those where it does not. OS share = OS / (OS + other "
                + "data), so 60-70% is other data of 0.43 to 0.67 times the OS.",
            aliases: ["boundary rule"],
            related: ["depends"]
        ),
        GlossaryEntry(
            "verdict",
            .verdicts,
            "What the intervals say of a claim: supported, refuted-lower, refuted-higher, depends, inconclusive or "
                + "untestable. It never changes the exit code unless --expect asks.",
            related: ["certainty", "20"]
        ),
        GlossaryEntry(
            "supported",
            .verdicts,
            "The interval is inside the band in at least 95% of the scope's weighted cells."
        ),
        GlossaryEntry(
            "refuted-lower",
            .verdicts,
            "The interval is wholly below the band in at least 95% of the scope's weighted cells.",
            aliases: ["refuted"]
        ),
        GlossaryEntry(
            "refuted-higher",
            .verdicts,
            "The interval is wholly above the band in at least 95% of the scope's weighted cells."
        ),
        GlossaryEntry(
            "depends",
            .verdicts,
            "Neither supported nor refuted: a boundary runs through the scope. The rule and both sides are printed.",
            related: ["boundary"]
        ),
        GlossaryEntry(
            "inconclusive",
            .verdicts,
            "The interval crosses an edge of the band and is wider than the wanted precision: more runs are needed.",
            related: ["interval", "24"]
        ),
        GlossaryEntry(
            "untestable",
            .verdicts,
            "No number can be agreed on (\"a lot\") until somebody sets one. The value is shown instead."
        ),
        GlossaryEntry(
            "certainty",
            .verdicts,
            "High, moderate, low or very-low: it starts high for what was measured here and goes down a step for each "
                + "reason that is listed. The verb follows: is, probably is, may be, we do not know.",
            related: ["evidence"]
        ),
        GlossaryEntry(
            "interval",
            .verdicts,
            "The 95% confidence interval of an estimate. An exact count of bytes has both ends equal.",
            aliases: ["confidence interval", "ci"]
        ),
        GlossaryEntry(
            "effect",
            .verdicts,
            "How much two sides differ: a ratio or difference with its interval, and Cliff's delta. It comes before any "
                + "p-value.",
            aliases: ["cliff's delta"],
            related: ["interval"]
        ),
    ]
}
