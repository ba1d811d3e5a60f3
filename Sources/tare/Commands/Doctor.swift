import ArgumentParser
import TareCore
import TareLinux

/// `tare doctor`: what this machine is, and what can be measured on it.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Audit this machine: what bears on a measurement, and what can be measured here.",
        discussion: """
            Examples:
              tare doctor
              tare doctor --json

            Tries KVM, overlay mounts, user namespaces and seccomp in child processes that leave nothing behind. Ends \
            with 0 whatever it finds.
            """
    )

    @OptionGroup var output: OutputOptions

    /// What `--json` prints (Docs/schemas/doctor.schema.json).
    struct Document: Encodable {
        var version: String
        var state: String
        var cache: String
        var audit: MachineAudit

        enum CodingKeys: String, CodingKey {
            case version, checks, abilities, numa, kvm, cgroups, disk
            case state = "state_folder"
            case cache = "cache_folder"
        }

        func encode(to encoder: any Encoder) throws {
            var keys = encoder.container(keyedBy: CodingKeys.self)
            try keys.encode(version, forKey: .version)
            try keys.encode(state, forKey: .state)
            try keys.encode(cache, forKey: .cache)
            try keys.encode(audit.lines, forKey: .checks)
            try keys.encode(audit.abilities, forKey: .abilities)
            try keys.encode(audit.numa, forKey: .numa)
            try keys.encode(audit.kvm, forKey: .kvm)
            try keys.encode(audit.cgroups, forKey: .cgroups)
            try keys.encodeIfPresent(audit.disk, forKey: .disk)
        }
    }

    mutating func run() throws {
        let folders = try StateFolders.current()
        let audit = MachineAudit(MachineProbe.current(stateFolder: folders.state))
        if output.json {
            let version = Tare.configuration.version
            let document = Document(version: version, state: folders.state, cache: folders.cache, audit: audit)
            try Output.data(JSONText.encode(document))
        } else if output.plain {
            let rows = audit.lines.map { "\($0.id)\t\($0.status.rawValue)\t\($0.value)\t\($0.advice ?? "")" }
            try Output.data(rows.joined(separator: "\n"))
        } else {
            try Output.data(page(audit))
        }
        output.next("tare claim")
    }

    /// The table for people.
    private func page(_ audit: MachineAudit) -> String {
        let width = audit.lines.map(\.id.count).max() ?? 0
        var lines: [String] = []
        for line in audit.lines {
            let advice = line.advice.map { "; \($0)" } ?? ""
            lines.append("\(word(line.status))  \(padded(line.id, width))  \(line.value)\(advice)")
        }
        lines += ["", "What can be done here:"]
        for ability in audit.abilities {
            let answer = ability.isAvailable ? "yes" : ability.isMachineReady ? "later" : "no"
            lines.append("  \(padded(ability.name.rawValue, 12))  \(padded(answer, 5))  \(ability.reason)")
        }
        return lines.joined(separator: "\n")
    }

    /// The status as a word of one width; colour is a second cue only.
    private func word(_ status: AuditLine.Status) -> String {
        let text = padded(status.rawValue, 7)
        guard output.colours else { return text }
        return switch status {
        case .ok: text
        case .warn: "\u{1B}[1m\(text)\u{1B}[0m"
        case .missing: "\u{1B}[2m\(text)\u{1B}[0m"
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
