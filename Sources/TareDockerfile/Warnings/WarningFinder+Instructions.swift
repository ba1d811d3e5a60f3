extension WarningFinder {
    private static let secretWords = [
        "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token",
    ]
    private static let shellVariables: Set<String> = [
        "PATH", "HOME", "PWD", "USER", "HOSTNAME", "TERM", "SHELL",
    ]

    /// Goes through a stage in order, since a variable counts from its declaration on.
    mutating func checkInstructions(of stage: Stage) {
        var names = Self.shellVariables
        var workdirIsAbsolute = false
        var shellIsSet = false
        // What the base's environment holds is not known here, so only a stage from scratch can be told everything.
        let knowsEnvironment = stage.base.text == "scratch"
        var last: [String: SourcePosition] = [:]
        for instruction in stage.instructions {
            switch instruction.action {
            case .arg(let arguments):
                for argument in arguments {
                    names.insert(argument.name.text)
                    checkSecret(argument.name, "ARG")
                }
            case .env(let pairs):
                for pair in pairs {
                    checkVariables([pair.value], names, knowsEnvironment)
                    checkSecret(pair.name, "ENV")
                }
                names.formUnion(pairs.map(\.name.text))
            case .maintainer(let word):
                note(
                    .maintainerDeprecated, instruction.position,
                    "write LABEL org.opencontainers.image.authors=\"\(word.text)\"")
            case .workdir(let word):
                checkVariables([word], names, knowsEnvironment)
                if word.text.hasPrefix("/") || word.text.hasPrefix("$") { workdirIsAbsolute = true }
                if !workdirIsAbsolute {
                    note(
                        .workdirRelativePath, word.position,
                        "'\(word.text)' is relative to the base's folder, which may change")
                }
            case .shell: shellIsSet = true
            case .cmd(let form):
                checkForm(form, instruction, "CMD", shellIsSet)
                checkOnce("CMD", instruction, &last)
            case .entrypoint(let form):
                checkForm(form, instruction, "ENTRYPOINT", shellIsSet)
                checkOnce("ENTRYPOINT", instruction, &last)
            case .healthcheck: checkOnce("HEALTHCHECK", instruction, &last)
            case .expose(let words): checkPorts(words)
            case .copy(let transfer), .add(let transfer):
                checkVariables(transfer.sources + [transfer.destination], names, knowsEnvironment)
            case .user(let word), .stopSignal(let word): checkVariables([word], names, knowsEnvironment)
            case .label(let pairs): checkVariables(pairs.map(\.value), names, knowsEnvironment)
            case .volume(let words): checkVariables(words, names, knowsEnvironment)
            case .onBuild, .run: break
            }
        }
    }

    private mutating func checkVariables(_ words: [SyntaxWord], _ names: Set<String>, _ knowsEnvironment: Bool) {
        for word in words {
            let unset = (try? WordExpansion(keepsUnset: true).resolve(word.text))?.unset ?? []
            for name in unset.sorted() where !names.contains(name) {
                let meant = names.first { $0.lowercased() == name.lowercased() }
                if let meant {
                    note(.undefinedVar, word.position, "nothing declares '\(name)'; did you mean '\(meant)'?")
                } else if knowsEnvironment {
                    note(.undefinedVar, word.position, "nothing declares '\(name)'")
                }
            }
        }
    }

    private mutating func checkSecret(_ name: SyntaxWord, _ keyword: String) {
        let parts = name.text.lowercased().split { $0 == "_" || $0 == "-" }.map(String.init)
        guard !parts.contains("public"), parts.contains(where: Self.secretWords.contains) else { return }
        note(
            .secretsUsedInArgOrEnv, name.position,
            "\(keyword) keeps '\(name.text)' in the image; use RUN --mount=type=secret")
    }

    private mutating func checkForm(
        _ form: CommandForm, _ instruction: Instruction, _ keyword: String, _ shellIsSet: Bool
    ) {
        guard case .shell = form, !shellIsSet else { return }
        note(
            .jsonArgsRecommended, instruction.position,
            "in the shell form signals reach the shell; write \(keyword) [\"PROGRAM\", \"WORD\"]")
    }

    private mutating func checkOnce(
        _ keyword: String, _ instruction: Instruction, _ last: inout [String: SourcePosition]
    ) {
        if let before = last[keyword] {
            note(.multipleInstructionsDisallowed, before, "a later \(keyword) of the stage replaces this one")
        }
        last[keyword] = instruction.position
    }

    private mutating func checkPorts(_ words: [SyntaxWord]) {
        for word in words {
            let proto = word.text.split(separator: "/").dropFirst().first
            if let proto, proto != proto.lowercased() {
                note(.exposeProtoCasing, word.position, "write \(word.text.lowercased())")
            }
            if word.text.contains(":"), !word.text.contains("$") {
                note(
                    .exposeInvalidFormat, word.position, "EXPOSE names a container's port only; '\(word.text)' has more"
                )
            }
        }
    }
}
