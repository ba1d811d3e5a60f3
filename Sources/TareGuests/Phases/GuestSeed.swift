import TareCatalog
import TareCore
import TareLinux

/// What Tare adds to a full guest: an archive before the distribution's initial root, and nothing on the disk.
///
/// From there the guest's `/run` gets units of the service manager (the workload, the marks), the settings of the network
/// and Tare's static program, so that a guest boots from the very disk that is weighed.
public struct GuestSeed: Sendable {
    /// The guest's address in QEMU's user network.
    private static let address = "10.0.2.15/24"

    /// The archive.
    ///
    /// - Parameters:
    ///   - workload: the service.
    ///   - cache: where Tare's guest program is kept.
    /// - Returns: its entries.
    /// - Throws: `unavailable` where no C compiler is there.
    public static func archive(_ workload: Workload, cache: String) throws(TareError) -> InitialRoot {
        var root = InitialRoot()
        let program = try GuestProgram.initial.path(cache: cache)
        root.add("tare/tare-init", try FileReading.bytes(at: program, limit: 64 << 20), mode: 0o755)
        // initramfs-tools reads this file first of all, and runs the last scripts by a list that it adds to.
        root.add(
            "conf/conf.d/tare",
            text: """
                /tare/tare-init mark \(GuestPhase.kernel.rawValue)
                echo '/scripts/init-bottom/tare "$@"' >>/scripts/init-bottom/ORDER

                """
        )
        root.add(
            "scripts/init-bottom/tare",
            text: """
                #!/bin/sh
                [ "$1" = prereqs ] && exit 0
                /tare/tare-init seed /tare/run /run
                /tare/tare-init mark \(GuestPhase.initialRoot.rawValue)

                """,
            mode: 0o755
        )
        root.add(
            "tare/run/systemd/network/10-tare.network",
            text: "[Match]\nName=eth0\n[Network]\nAddress=\(address)\nGateway=10.0.2.2\n"
        )
        root.link(
            "tare/run/systemd/system/multi-user.target.wants/systemd-networkd.service",
            to: "/lib/systemd/system/systemd-networkd.service"
        )
        for unit in units(workload) { unit.add(to: &root) }
        return root
    }

    private struct Unit {
        var name: String
        var after: String
        var wantedBy: String
        var service: [String]

        func add(to root: inout InitialRoot) {
            let folder = "tare/run/systemd/system"
            // Without default dependencies: a mark after a target must not be one that the target waits for.
            let text = """
                [Unit]
                DefaultDependencies=no
                After=\(after)
                [Service]
                \(service.joined(separator: "\n"))

                """
            root.add("\(folder)/\(name).service", text: text)
            root.link("\(folder)/\(wantedBy).wants/\(name).service", to: "../\(name).service")
        }
    }

    private static func mark(_ phase: GuestPhase) -> String { "/run/tare/tare-init mark \(phase.rawValue)" }

    private static func units(_ workload: Workload) -> [Unit] {
        let words = workload.command.map(quoted).joined(separator: " ")
        var service = workload.environment.sorted { $0.key < $1.key }.map {
            "Environment=\(quoted("\($0.key)=\($0.value)"))"
        }
        service += ["ExecStartPre=\(mark(.serviceStart))", "ExecStart=\(words)"]
        var found = [
            Unit(
                name: "tare-mark-sysinit", after: "sysinit.target", wantedBy: "sysinit.target",
                service: ["Type=oneshot", "ExecStart=\(mark(.systemInitialisation))"]),
            Unit(
                name: "tare-mark-basic", after: "basic.target tare-mark-sysinit.service", wantedBy: "basic.target",
                service: ["Type=oneshot", "ExecStart=\(mark(.basicTarget))"]),
            // Not oneshot: the job queue must become empty.
            Unit(
                name: "tare-mark-default", after: "graphical.target tare-answer.service", wantedBy: "graphical.target",
                service: [
                    "Type=simple",
                    "ExecStart=/bin/sh -c '\(mark(.defaultTarget)); sleep 5; /run/tare/tare-init memory'",
                ]),
        ]
        let asking: String?
        switch workload.readiness {
        case .http(let path): asking = "http \(workload.port ?? 80) \(path)"
        case .redisPing: asking = "redis \(workload.port ?? 6379) -"
        case .postgresSelect: asking = "postgres \(workload.port ?? 5432) -"
        case .output:
            asking = nil
            service += ["Type=oneshot", "ExecStartPost=\(mark(.serviceAnswer))"]
        }
        found.append(
            Unit(
                name: "tare-workload", after: "basic.target tare-mark-basic.service", wantedBy: "multi-user.target",
                service: service))
        if let asking {
            let program = "/run/tare/tare-init answer \(asking) \(GuestPhase.serviceAnswer.rawValue)"
            found.append(
                Unit(
                    name: "tare-answer", after: "tare-workload.service", wantedBy: "multi-user.target",
                    service: ["Type=simple", "ExecStart=\(program)"]))
        }
        return found
    }

    /// A word of a unit file: `%` and `$` are its own signs.
    private static func quoted(_ word: String) -> String {
        var text = ""
        for character in word {
            switch character {
            case "\"", "\\": text += "\\\(character)"
            case "%": text += "%%"
            case "$": text += "$$"
            default: text.append(character)
            }
        }
        return "\"\(text)\""
    }
}
