import TareCore

extension InstructionReader {
    /// `COPY` and `ADD`.
    func transfer(into diagnostics: inout DockerfileDiagnostics) throws(SyntaxMistake) -> FileTransfer? {
        var knows: [String: FlagTable.Kind] = ["chown": .text, "chmod": .text, "link": .truth, "exclude": .list]
        if keyword == .copy {
            knows["from"] = .text
            knows["parents"] = .truth
        } else {
            for name in ["keep-git-dir", "unpack"] { knows[name] = .truth }
            knows["checksum"] = .text
        }
        let flags = FlagTable(node, keyword, knows: knows, into: &diagnostics)
        guard node.values.count >= 2, let destination = node.values.last else {
            throw mistake(
                "\(name) needs at least a source and a destination", hint: "write \(name) SOURCE DESTINATION")
        }
        let announced = node.heredocs.isEmpty ? [] : node.values.dropLast().map(\.text)
        let sources = node.values.dropLast().filter { word in
            announced.isEmpty || ((try? Heredoc.announced(by: word.text)) ?? nil) == nil
        }
        for word in sources + [destination] { try checkExpands(word) }
        let isFolder = destination.text.hasSuffix("/") || [".", ".."].contains(destination.text)
        if sources.count + node.heredocs.count > 1, !isFolder, !destination.text.contains("$") {
            throw SyntaxMistake(
                destination.position, "with several sources the destination must be a folder, and end with '/'",
                hint: "write \(destination.text)/")
        }
        if let from = flags.text("from"), !node.heredocs.isEmpty {
            throw SyntaxMistake(from.position, "a heredoc does not come from another stage", hint: "remove --from")
        }
        if let from = flags.text("from"), from.text.contains("$") {
            throw SyntaxMistake(
                from.position, "--from takes no variables", hint: "name a stage FROM ${...} AS x, and use --from=x")
        }
        if let mode = flags.text("chmod"), !mode.text.contains("$"), FileModeChange(mode.text) == nil {
            throw SyntaxMistake(
                mode.position, "'\(mode.text)' is no file mode", hint: "write octal as 755, or symbolic as u=rwX,go=rX")
        }
        if let sum = flags.text("checksum"), !sum.text.contains("$"), Digest(sum.text) == nil {
            throw SyntaxMistake(
                sum.position, "'\(sum.text)' is no checksum", hint: "write sha256: and 64 hexadecimal digits")
        }
        return FileTransfer(
            sources: sources,
            documents: node.heredocs,
            destination: destination,
            from: flags.text("from"),
            owner: flags.text("chown"),
            mode: flags.text("chmod"),
            isLinked: flags.truth("link") ?? false,
            keepsParents: flags.truth("parents") ?? false,
            excludes: flags.list("exclude"),
            checksum: flags.text("checksum"),
            unpacks: flags.truth("unpack"),
            keepsGitFolder: flags.truth("keep-git-dir") ?? false
        )
    }

    /// `RUN`.
    func run(into diagnostics: inout DockerfileDiagnostics) throws(SyntaxMistake) -> RunStep? {
        let knows: [String: FlagTable.Kind] = ["mount": .list, "network": .text, "security": .text, "device": .list]
        let flags = FlagTable(node, keyword, knows: knows, into: &diagnostics)
        for name in ["security", "device"] {
            if let flag = flags.list(name).first, flag.text != "sandbox" {
                diagnostics.report(
                    flag.position, "RUN --\(name) is not done here",
                    hint: "a build step has the default capabilities only; remove the flag")
            }
        }
        var network = RunStep.Network.default
        if let word = flags.text("network") {
            if let known = RunStep.Network(rawValue: word.text) {
                network = known
            } else {
                diagnostics.report(
                    word.position, "'\(word.text)' is no network of a build", hint: "there are default, none and host")
            }
        }
        for mount in flags.list("mount") {
            do throws(RunMount.Mistake) {
                _ = try RunMount(mount.text)
            } catch {
                diagnostics.report(mount.position, error.message, hint: error.hint)
            }
        }
        guard !node.values.isEmpty else { throw mistake("RUN needs a command", hint: "write RUN COMMAND") }
        var form = command()
        if node.isJSON, node.values.isEmpty || node.values[0].text.isEmpty {
            throw mistake("RUN needs a command", hint: #"write RUN ["PROGRAM", "WORD"]"#)
        }
        if case .shell(let line) = form, !node.heredocs.isEmpty {
            form = .shell(line + "\n" + node.heredocs.map { $0.content + $0.name }.joined(separator: "\n"))
        }
        return RunStep(command: form, mounts: flags.list("mount"), network: network, documents: node.heredocs)
    }

    /// `HEALTHCHECK`.
    func healthCheck(into diagnostics: inout DockerfileDiagnostics) throws(SyntaxMistake) -> HealthCheck? {
        let times = ["interval", "timeout", "start-period", "start-interval"]
        var knows = Dictionary(uniqueKeysWithValues: times.map { ($0, FlagTable.Kind.text) })
        knows["retries"] = .text
        let flags = FlagTable(node, keyword, knows: knows, into: &diagnostics)
        guard let kind = node.values.first else {
            throw mistake("HEALTHCHECK needs CMD or NONE", hint: "write HEALTHCHECK CMD COMMAND")
        }
        var check = HealthCheck()
        switch kind.text.uppercased() {
        case "NONE":
            if node.values.count > 1 || !node.flags.isEmpty {
                throw SyntaxMistake(kind.position, "HEALTHCHECK NONE takes nothing else")
            }
            return check
        case "CMD":
            guard node.values.count > 1 else {
                throw SyntaxMistake(
                    kind.position, "HEALTHCHECK CMD needs a command", hint: "write HEALTHCHECK CMD COMMAND")
            }
            check.command = command(node.values.dropFirst())
        default:
            let meant = Suggestion.nearest(to: kind.text, among: ["CMD", "NONE"])
            throw SyntaxMistake(
                kind.position, "HEALTHCHECK has no '\(kind.text)'",
                hint: meant.map { "did you mean \($0)?" } ?? "write HEALTHCHECK CMD \(kind.text)")
        }
        func time(_ name: String) throws(SyntaxMistake) -> Duration? {
            guard let word = flags.text(name) else { return nil }
            guard let value = DurationText.read(word.text), value == .zero || value >= .milliseconds(1) else {
                throw SyntaxMistake(
                    word.position, "'\(word.text)' is no time for --\(name)", hint: "write 30s, 1m30s or 500ms")
            }
            return value
        }
        check.interval = try time("interval")
        check.timeout = try time("timeout")
        check.startPeriod = try time("start-period")
        check.startInterval = try time("start-interval")
        if let word = flags.text("retries") {
            guard let count = Int(word.text), count >= 0 else {
                throw SyntaxMistake(word.position, "'\(word.text)' is no number for --retries", hint: "write 3")
            }
            check.retries = count
        }
        return check
    }
}
