/// A folder that an image is built from: a Dockerfile and the files that it copies.
public struct DockerfileFolder: Sendable, Hashable {
    /// The Dockerfile's text.
    public var dockerfile: String
    /// The other files' texts by name.
    public var files: [String: String]
}

extension Workload {
    /// The Dockerfile that builds this workload's container image: the same packages, files and commands that the VM's
    /// root is made from.
    ///
    /// What only one build has is taken away in the step that makes it (package lists, logs, caches, dates), so that it
    /// is in no layer and two builds agree. Files beneath `/etc` come before the packages that read them.
    ///
    /// - Parameter base: the image that it stands on: a Debian with apt.
    /// - Returns: the Dockerfile and the files beside it.
    public func dockerfile(base: String = "debian:12") -> DockerfileFolder {
        let settings = files.filter { $0.path.hasPrefix("/etc/") }
        let sources = files.filter { $0.path.hasPrefix("/build/") }
        let own = files.filter { !$0.path.hasPrefix("/etc/") && !$0.path.hasPrefix("/build/") }
        var lines = ["# \(title). Made from the workload '\(id)'; change it there.", "FROM \(base) AS runtime"]
        lines += settings.map(Self.copy)
        lines += Self.install(runtimePackages + appPackages)
        if !buildCommands.isEmpty {
            lines += ["", "FROM runtime AS build"]
            lines += Self.install(buildPackages)
            lines += sources.map(Self.copy)
            lines += ["RUN <<EOF", "set -e"] + buildCommands + ["EOF"]
            lines += ["", "FROM runtime", "COPY --from=build /build/out/ /"]
        }
        lines += own.map(Self.copy)
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { lines.append("ENV \(name)=\"\(value)\"") }
        if let port { lines.append("EXPOSE \(port)") }
        lines.append("CMD [" + command.map(Self.quoted).joined(separator: ", ") + "]")
        let beside = files.map { (Self.name(of: $0), $0.text) }
        return DockerfileFolder(
            dockerfile: lines.joined(separator: "\n") + "\n",
            files: Dictionary(beside, uniquingKeysWith: { first, _ in first }))
    }

    private static func name(of file: WorkloadFile) -> String {
        file.path.split(separator: "/").last.map(String.init) ?? ""
    }

    private static func copy(_ file: WorkloadFile) -> String {
        let mode = file.mode == 0o644 ? "" : "--chmod=\(String(file.mode, radix: 8)) "
        return "COPY \(mode)\(name(of: file)) \(file.path)"
    }

    private static func quoted(_ word: String) -> String {
        "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func install(_ packages: [String]) -> [String] {
        guard !packages.isEmpty else { return [] }
        return [
            "RUN <<EOF",
            "set -e",
            "export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1767225600 PYTHONHASHSEED=0",
            "printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d",
            "apt-get -q update",
            "apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confold \\",
            "    -o Dpkg::Options::=--force-unsafe-io install \(packages.joined(separator: " "))",
            "rm -rf /usr/sbin/policy-rc.d /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb \\",
            "    /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/cache/ldconfig/aux-cache /etc/*- /etc/.pwd.lock \\",
            "    /var/lib/apt/extended_states.bak /var/lib/apt/daily_lock /var/lib/apt/lists/lock /var/lib/ucf/*.[0-9] \\",
            "    /var/lib/dpkg/lock* /var/lib/dpkg/triggers/Lock /var/cache/debconf/*.lock /tmp/* /run/*",
            "find /var/log -type f -delete",
            // A key that is drawn anew at each installation is no secret in an image, and makes each build another.
            "[ ! -d /etc/ssl ] || find /etc/ssl -name 'ssl-cert-snakeoil.*' -delete",
            "[ ! -d /etc/ssl/certs ] || find /etc/ssl/certs -lname ssl-cert-snakeoil.pem -delete",
            "sed -i 's/^\\([^:]*:[^:]*\\):[0-9]*:/\\1:20454:/' /etc/shadow",
            "EOF",
        ]
    }
}
