import TareCore
import TareGuests

/// A guest's timeline for people, or as rows.
struct BootTable {
    let timeline: BootTimeline

    /// The text; `plain` gives the phases only, numbers in full, separated by tabs.
    func text(plain: Bool) -> String { plain ? rows : page }

    private var rows: String {
        timeline.phases.map { phase in
            let counts = phase.instructions
            return [
                phase.phase.name, "\(counts?.kernel ?? 0)", "\(counts?.user ?? 0)", "\(phase.disk.readBytes.bytes)",
                "\(phase.disk.writtenBytes.bytes)", "\(phase.disk.reads)", "\(phase.disk.writes)",
                "\(phase.touched?.bytes ?? 0)",
            ].joined(separator: "\t")
        }.joined(separator: "\n")
    }

    private var page: String {
        let how =
            timeline.accelerator == .kvm
            ? "with KVM" : "emulated: its work is measured, its wall time means nothing"
        var lines = [
            "\(timeline.guest) + \(timeline.workload), kernel \(timeline.kernel), \(timeline.memory) of memory, \(how)",
            "",
        ]
        var table = TextTable(["phase", "kernel>", "user>", "read>", "written>", "requests>", "touched>", "reached>"])
        for phase in timeline.phases { table.add(cells(phase)) }
        lines += [
            table.text, "", "kernel and user in million instructions; touched: of its memory, by the phase's end",
        ]
        if let total = timeline.inside.kernel["MemTotal"], let outside = timeline.outside {
            let reserve = timeline.memory - total
            let slab = timeline.inside.kernel["Slab"] ?? .zero
            let programs = timeline.inside.processes.reduce(ByteCount.zero) { $0 + $1.proportional }
            lines += [
                "memory inside: MemTotal \(total), kernel's reserve \(reserve), slab \(slab), "
                    + "\(timeline.inside.processes.count) programs with \(programs) (PSS)",
                "memory outside: \(outside.touched) of \(timeline.memory) touched",
            ]
        }
        lines.append(
            timeline.hasAnswered ? "its service answered the host (measured)" : "its service did not answer the host")
        if timeline.ending != .stopped { lines.append(timeline.ending.text) }
        lines += timeline.complaints.map { "complaint: \($0)" }
        return lines.joined(separator: "\n")
    }

    private func cells(_ phase: PhaseRecord) -> [String] {
        func millions(_ count: UInt64?) -> String {
            count.map { NumberText.fixed(Double($0) / 1e6, decimals: 1) } ?? ""
        }
        return [
            phase.phase.title,
            millions(phase.instructions?.kernel),
            millions(phase.instructions?.user),
            phase.disk.readBytes.description,
            phase.disk.writtenBytes.description,
            "\(phase.disk.reads + phase.disk.writes)",
            phase.touched?.description ?? "",
            phase.reached.map { NumberText.fixed(Double($0.nanoseconds) / 1e9, decimals: 3) + " s" } ?? "",
        ]
    }
}
