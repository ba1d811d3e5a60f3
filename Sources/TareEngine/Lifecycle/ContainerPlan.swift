import TareCore
import TareImages
import TareLinux
import TareOCI

/// Puts an image's defaults and a user's wishes together: docker's rules for what wins.
struct ContainerPlan {
    let image: Image
    let asked: String
    let arguments: [String]
    let options: ContainerOptions
    let settings: Engine.Settings

    /// What the container is.
    ///
    /// - Throws: `usage` where there is nothing to run or a word is wrong.
    func record(id: ContainerID) throws(TareError) -> ContainerRecord {
        let defaults = image.config.config
        var whole = options
        whole.mounts = mounts(defaults, id: id)
        let stop = options.stopSignal ?? defaults?.stopSignal ?? "SIGTERM"
        guard let signal = SignalName.number(stop) else {
            throw TareError(.usage, subject: stop, "there is no such signal", hint: "write SIGTERM, TERM or 15")
        }
        return ContainerRecord(
            id: id,
            name: options.name ?? "",
            created: HostClock.preciseWallText(),
            image: asked,
            imageID: image.id,
            manifest: image.descriptor,
            snapshotter: settings.snapshots.rawValue,
            runtime: settings.runtime,
            arguments: try command(defaults),
            environment: environment(defaults),
            workingFolder: options.workingFolder ?? nonEmpty(defaults?.workingDirectory) ?? "/",
            user: options.user ?? defaults?.user ?? "",
            options: whole,
            health: health(defaults),
            stopSignal: signal,
            exposed: exposed(defaults),
            labels: (defaults?.labels ?? [:]).merging(options.labels) { $1 }
        )
    }

    private func exposed(_ defaults: ImageConfig.Execution?) -> [String] {
        let own = options.exposed.map { $0.contains("/") ? $0 : $0 + "/tcp" }
        return (defaults?.exposedPorts ?? []).union(own).sorted()
    }

    /// An entry point of the user's drops the image's command, as docker does it.
    private func command(_ defaults: ImageConfig.Execution?) throws(TareError) -> [String] {
        let words: [String]
        if let entrypoint = options.entrypoint {
            words = entrypoint + arguments
        } else {
            words = (defaults?.entrypoint ?? []) + (arguments.isEmpty ? defaults?.command ?? [] : arguments)
        }
        guard let first = words.first, !first.isEmpty else {
            throw TareError(
                .usage,
                subject: asked,
                "there is nothing to run: the image names no command",
                hint: "write one behind the image's name"
            )
        }
        return words
    }

    /// The image's variables, the user's over them, and PATH where neither has it.
    private func environment(_ defaults: ImageConfig.Execution?) -> [String] {
        var order: [String] = []
        var values: [String: String] = [:]
        let path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        let terminal = options.hasTerminal ? ["TERM=xterm"] : []
        for line in [path] + terminal + (defaults?.environment ?? []) + options.environment {
            let name = String(line.prefix { $0 != "=" })
            if values[name] == nil { order.append(name) }
            values[name] = line
        }
        return order.compactMap { values[$0] }
    }

    /// The user's mounts, and a volume for each place that the image declares one and the user has nothing for.
    private func mounts(_ defaults: ImageConfig.Execution?, id: ContainerID) -> [VolumeMount] {
        var found = options.mounts.map { mount in
            guard case .volume(let name) = mount.source, name.isEmpty else { return mount }
            var named = mount
            named.source = .volume(name: Self.anonymousName(mount.destination, of: id))
            return named
        }
        let taken = Set(found.map(\.destination))
        for place in (defaults?.volumes ?? []).sorted() where !taken.contains(place) {
            found.append(VolumeMount(source: .volume(name: Self.anonymousName(place, of: id)), destination: place))
        }
        return found
    }

    /// A volume's name that begins with its container's id, and tells its place.
    static func anonymousName(_ place: String, of id: ContainerID) -> String {
        let tail = place.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return id.description + "-" + String(String(tail.drop { $0 == "-" }).prefix(40))
    }

    private func health(_ defaults: ImageConfig.Execution?) -> HealthCheck? {
        if options.ignoresHealth { return nil }
        if let health = options.health { return health }
        guard let given = defaults?.healthcheck, let test = given.test, let kind = test.first, kind != "NONE" else {
            return nil
        }
        func seconds(_ nanoseconds: Int64?, _ fallback: Double) -> Double {
            guard let nanoseconds, nanoseconds > 0 else { return fallback }
            return Double(nanoseconds) / 1e9
        }
        return HealthCheck(
            command: Array(test.dropFirst()),
            usesShell: kind == "CMD-SHELL",
            interval: seconds(given.interval, 30),
            timeout: seconds(given.timeout, 30),
            startPeriod: seconds(given.startPeriod, 0),
            retries: given.retries.flatMap { $0 > 0 ? $0 : nil } ?? 3
        )
    }

    private func nonEmpty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
