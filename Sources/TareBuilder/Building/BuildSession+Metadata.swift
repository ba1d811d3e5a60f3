import TareCore
import TareDockerfile
import TareOCI

extension BuildSession {
    func perform(_ instruction: Instruction, _ place: StepPlace, _ state: inout StageState) async throws(TareError) {
        switch instruction.action {
        case .run(let step): try await run(step, place, &state)
        case .copy(let transfer): try await copy(transfer, place, &state)
        case .add(let transfer): try await copy(transfer, place, &state, unpacks: transfer.unpacks ?? true)
        case .workdir(let word): try await workdir(word, place, &state)
        default:
            let began = ContinuousClock().now
            try configure(instruction.action, place, &state)
            state.note(place.text, at: created, isEmpty: true)
            report(place, .metadata, nil, nil, since: began)
        }
    }

    /// What changes the configuration only.
    private func configure(
        _ action: Instruction.Action, _ place: StepPlace, _ state: inout StageState
    ) throws(TareError) {
        let scope = state.scope
        switch action {
        case .arg(let arguments): for argument in arguments { try state.scope.declare(argument) }
        case .env(let pairs):
            try state.scope.set(pairs)
            state.execution.environment = state.scope.environment
        case .label(let pairs):
            var labels = state.execution.labels ?? [:]
            for pair in pairs { labels[try scope.expand(pair.name)] = try scope.expand(pair.value) }
            state.execution.labels = labels
        case .cmd(let form):
            state.execution.command = form.words(shell: state.shell)
            state.hasCommand = true
        case .entrypoint(let form):
            state.execution.entrypoint = form.words(shell: state.shell)
            // The base's words were for its own entry point.
            if !state.hasCommand { state.execution.command = nil }
        case .expose(let words): try expose(words, place, &state)
        case .volume(let words):
            var volumes = state.execution.volumes ?? []
            for word in words { volumes.insert(try scope.expand(word)) }
            state.execution.volumes = volumes
        case .user(let word): state.execution.user = try scope.expand(word)
        case .stopSignal(let word): state.execution.stopSignal = try signal(scope.expand(word), place)
        case .shell(let words): state.execution.shell = words
        case .maintainer(let word): state.config.author = word.text
        case .onBuild(let line): state.execution.onBuild = (state.execution.onBuild ?? []) + [line]
        case .healthcheck(let check): state.execution.healthcheck = Self.test(check)
        case .run, .copy, .add, .workdir: break
        }
    }

    private func expose(_ words: [SyntaxWord], _ place: StepPlace, _ state: inout StageState) throws(TareError) {
        var ports = state.execution.exposedPorts ?? []
        for word in words {
            for text in try state.scope.words(of: word) {
                guard let exposed = ExposedPorts(text) else {
                    throw TareError(
                        .invalid, subject: "\(place.file):\(word.position)", "'\(text)' is no port",
                        hint: "write 80, 80/udp or 8000-8010/tcp, from 1 to 65535")
                }
                ports.formUnion(exposed.names)
            }
        }
        state.execution.exposedPorts = ports
    }

    private func signal(_ text: String, _ place: StepPlace) throws(TareError) -> String {
        let name = text.uppercased().hasPrefix("SIG") ? String(text.uppercased().dropFirst(3)) : text.uppercased()
        let names = [
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "POLL", "PWR", "SYS",
        ]
        if names.contains(name) || name.hasPrefix("RTMIN") || name.hasPrefix("RTMAX") { return text }
        if let number = Int(text), (1...64).contains(number) { return text }
        throw TareError(
            .invalid, subject: place.subject, "'\(text)' is no signal",
            hint: Suggestion.nearest(to: name, among: names).map { "did you mean SIG\($0)?" } ?? "write SIGTERM or 15")
    }

    private static func test(_ check: HealthCheck) -> Healthcheck {
        guard let command = check.command else { return Healthcheck(test: ["NONE"]) }
        var test: Healthcheck
        switch command {
        case .shell(let line): test = Healthcheck(test: ["CMD-SHELL", line])
        case .exec(let words): test = Healthcheck(test: ["CMD"] + words)
        }
        test.interval = check.interval.map(nanoseconds)
        test.timeout = check.timeout.map(nanoseconds)
        test.startPeriod = check.startPeriod.map(nanoseconds)
        test.startInterval = check.startInterval.map(nanoseconds)
        test.retries = check.retries
        return test
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
    }
}
