import FoundationEssentials
import Glibc
import Synchronization
import TareCore
import TareDockerfile
import TareImages
import TareLinux

extension BuildSession {
    /// `RUN`.
    func run(_ step: RunStep, _ place: StepPlace, _ state: inout StageState) async throws(TareError) {
        var mounts: [(mount: RunMount, source: CopySource?)] = []
        var key = key(state)
        let words = self.words(step, state)
        for word in words.dropLast() { key.add("command word", word) }
        key.add("command", words.last ?? "")
        key.add("user", state.execution.user ?? "")
        key.add("folder", state.folder)
        key.add("network", step.network.rawValue)
        for text in state.execution.environment ?? [] { Self.add(text, as: "variable", to: &key) }
        for text in state.scope.commandArguments { Self.add(text, as: "argument", to: &key) }
        for word in step.mounts {
            let mount = try state.scope.mount(word)
            let source = try source(of: mount, place)
            mounts.append((mount, source))
            key.add("mount \(mount.target ?? mount.id ?? "")", "\(mount)")
            if mount.kind == .bind, let source { try add(mount, source, to: &key, place) }
        }
        let environment = state.execution.environment ?? []
        let arguments = state.scope.commandArguments
        let folder = state.folder
        let user = state.execution.user ?? ""
        try await layered(place, key, &state) { (tree) throws(TareError) in
            let root = try TreeRoot(tree.path)
            let account = try AccountFiles(root).user(user, subject: place.subject)
            let points = MountPoints(root)
            var furnishing = RunFurnishing(session: self, points: points, place: place)
            try furnishing.standard(network: step.network)
            for (mount, source) in mounts { try furnishing.add(mount, source, folder: folder, user: account) }
            let script = try furnishing.script(step, words)
            try points.makeFolder(folder)
            let command = StepCommand(
                root: tree.path, words: script,
                environment: self.complete(environment + arguments + furnishing.environment, account),
                workingDirectory: folder, user: account, mounts: furnishing.mounts, network: step.network)
            try await self.execute(command, place)
            try points.remove()
            tree.forget(points.folders)
            withExtendedLifetime(furnishing) {}
        }
    }

    /// The command's words; a heredoc that is all of it is the shell's text.
    private func words(_ step: RunStep, _ state: StageState) -> [String] {
        if let script = step.script { return state.shell + [script.text] }
        return step.command.words(shell: state.shell)
    }

    private static func add(_ text: String, as kind: String, to key: inout StepKey) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        key.add("\(kind) \(parts.first ?? "")", parts.count == 2 ? parts[1] : "")
    }

    private func complete(_ environment: [String], _ user: StepUser) -> [String] {
        var all = environment
        if !all.contains(where: { $0.hasPrefix("PATH=") }) { all.append(Self.standardPath) }
        if !all.contains(where: { $0.hasPrefix("HOME=") }) { all.append("HOME=\(user.home)") }
        for (name, value) in inputs.proxies.sorted(by: { $0.key < $1.key }) {
            if !all.contains(where: { $0.hasPrefix(name + "=") }) { all.append("\(name)=\(value)") }
        }
        return all
    }

    private func source(of mount: RunMount, _ place: StepPlace) throws(TareError) -> CopySource? {
        if let from = mount.from { return try source(named: from, before: place.stage.index) }
        return mount.kind == .bind ? try context() : nil
    }

    /// A mount's files count as a COPY's do.
    private func add(
        _ mount: RunMount, _ source: CopySource, to key: inout StepKey, _ place: StepPlace
    ) throws(TareError) {
        var plan = CopyPlan(CopyPlan.Choices(destination: "", isFolder: true))
        do throws(TareError) { try plan.add(mount.source ?? "/", from: source) } catch {
            throw TareError(error.code, subject: place.subject, "\(error.subject): \(error.message)", hint: error.hint)
        }
        for item in plan.items { key.add("mounted \(item.target)", item.fingerprint) }
    }

    private func execute(_ command: StepCommand, _ place: StepPlace) async throws(TareError) {
        let last = Mutex<[String]>([])
        let tell = progress
        let stage = place.stage.label
        let index = place.index
        let code = try await runner.run(command) { line in
            last.withLock { lines in
                lines.append(line)
                if lines.count > 10 { lines.removeFirst() }
            }
            tell(.output(stage: stage, index: index, line: line))
        }
        guard code != 0 else { return }
        throw TareError(
            .invalid, subject: place.subject, "the command ended with \(code): \(place.text.prefix(200))",
            hint: Self.hint(code), causes: last.withLock { $0 }.map { TareError(.invalid, subject: "", $0) })
    }

    private static func hint(_ code: Int32) -> String? {
        switch code {
        case 127: "a program was not found; install it in a RUN before"
        case 126: "a program could not be started; is it executable, and for this architecture?"
        case 137: "it was killed; it may have run out of memory"
        default: nil
        }
    }
}
