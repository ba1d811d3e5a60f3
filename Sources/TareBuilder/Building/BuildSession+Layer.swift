import TareCore
import TareDockerfile
import TareImages
import TareLinux

extension BuildSession {
    /// Takes a step's layer from the cache, or does the step and keeps it.
    ///
    /// - Parameters:
    ///   - place: which step.
    ///   - key: what its result depends on.
    ///   - state: the stage so far.
    ///   - isLinked: whether the layer does not depend on those below.
    ///   - work: does the step in a writable root.
    /// - Throws: what `work` throws, and then nothing of the step is left; `TareError` with the errno.
    func layered(
        _ place: StepPlace, _ key: StepKey, _ state: inout StageState, isLinked: Bool = false,
        work: (ActiveTree) async throws(TareError) -> Void
    ) async throws(TareError) {
        let began = ContinuousClock().now
        let spot = "\(file.name) \(place.stage.label) \(place.index)"
        var reason = try reason(spot, key)
        if case .hit = reason, let record = try cache.find(key) {
            if try takeOver(record, &state) {
                try cache.remember(spot, key)
                state.note(place.text, at: created, isEmpty: record.layer == nil)
                report(place, record.layer == nil ? .unchanged : .cached, .hit, record.layer, since: began)
                return
            }
            reason = .lost
        }
        let tree = try ActiveTree(
            self.work.makeKey(), on: isLinked ? nil : state.top, at: self.work.makeFolder("step"), library)
        try await work(tree)
        let layer = try tree.finish(lease: lease, epoch: epoch, clampsAll: epochIsGiven)
        if let layer {
            try cacheLease.add(blob: layer.blob.digest)
            if !isLinked {
                let next = try ChainID.next(layer.diffID, on: state.chain.last).description
                try cacheLease.add(snapshot: next)
                try lease.add(snapshot: next)
                try tree.commit(as: next)
            }
            try add(layer, &state)
        }
        try cache.put(key, StepRecord(layer: layer))
        try cache.remember(spot, key)
        state.note(place.text, at: created, isEmpty: layer == nil)
        report(place, layer == nil ? .unchanged : .built, reason, layer, since: began)
    }

    private func reason(_ spot: String, _ key: StepKey) throws(TareError) -> CacheReason {
        if request.ignoresCache { return .ignored }
        if try cache.find(key) != nil { return .hit }
        guard let last = try cache.last(spot) else { return .unknown }
        return CacheReason.compare(last, key)
    }

    /// Puts a layer of the cache on top; `false` where it is no longer in the store.
    private func takeOver(_ record: StepRecord, _ state: inout StageState) throws(TareError) -> Bool {
        guard let layer = record.layer else { return true }
        guard try library.content.protect(layer.blob.digest, by: lease) else { return false }
        try add(layer, &state)
        return true
    }

    /// Puts a layer on top, and its snapshot where that is not there yet.
    private func add(_ layer: BuildLayer, _ state: inout StageState) throws(TareError) {
        let parent = state.top
        try state.add(layer)
        guard let top = state.top else { return }
        try lease.add(snapshot: top)
        guard try library.snapshots.find(top) == nil else { return }
        let content = library.content
        let source = LayerSource(diffID: layer.diffID) { () throws(TareError) in try content.open(layer.blob.digest) }
        _ = try library.snapshots.unpack(source, parent: parent, as: top) {}
        try cacheLease.add(snapshot: top)
    }

    /// The parts that every step's result depends on.
    func key(_ state: StageState, isLinked: Bool = false) -> StepKey {
        var key = StepKey()
        if !isLinked { key.add("parent", state.top ?? "scratch") }
        key.add("platform", request.platform.description)
        key.add("time", String(epoch) + (epochIsGiven ? " given" : ""))
        return key
    }

    func workdir(_ word: SyntaxWord, _ place: StepPlace, _ state: inout StageState) async throws(TareError) {
        let path = PathCleaning.join(state.folder, try state.scope.expand(word))
        var key = key(state)
        key.add("folder", path)
        key.add("user", state.execution.user ?? "")
        let user = state.execution.user ?? ""
        let time = epoch
        try await layered(place, key, &state) { (tree) throws(TareError) in
            let root = try TreeRoot(tree.path)
            let owner = try AccountFiles(root).user(user, subject: place.subject)
            let writer = TreeWriter(root, time: time)
            try writer.makeFolder(path, owner: (owner.uid, owner.gid))
            try writer.finishFolders()
        }
        state.execution.workingDirectory = path
    }
}
