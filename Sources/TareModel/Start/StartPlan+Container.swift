import TareCatalog
import TareCore

extension StartPlan {
    /// The start of a container: resolve, fetch and unpack what is missing, snapshot, network, cgroup, runtime, the
    /// service, its answer.
    ///
    /// A layer is fetched and unpacked once for the host, and its file pages are read once; network and cgroup changes go
    /// through kernel-wide locks in order of arrival.
    init(container index: Int, _ context: ModelContext, engine: EngineProfile, spec: ContainerPlatformSpec) {
        let service = context.input.services[index]
        width = service.vcpus
        let sequential = GuestProfile.sequentialRequest.base
        var before: [Int] = []
        if spec.start == .cold {
            let resolve = add(
                StartTask(
                    name: "resolve", after: [], wait: engine.value("resolve-wait"), once: "resolve:\(service.name)"))
            for piece in Self.fetched(service.containerContent.pieces, by: service.name) {
                before.append(
                    add(
                        StartTask(
                            name: "fetch:\(piece.owner.rawValue)/\(piece.group.rawValue)", after: [resolve],
                            network: piece.wire.doubleValue, disk: piece.allocated.doubleValue,
                            requests: piece.allocated.doubleValue / sequential, depth: Self.depth,
                            cpu: piece.used.doubleValue / max(1, engine.value("unpack-rate")),
                            once: "layer:\(piece.identity)")))
            }
            if before.isEmpty { before = [resolve] }
        }
        let copy = spec.storage == .copy ? service.containerContent.bytes(by: .allocated).doubleValue : 0
        var last = add(
            StartTask(
                name: "snapshot", after: before, disk: copy, requests: copy / sequential, depth: Self.depth,
                cpu: engine.value("snapshot-cpu")))
        last = add(
            StartTask(
                name: "network", after: [last], lock: 0, hold: engine.value("network-lock"),
                cpu: engine.value("network-cpu")))
        last = add(StartTask(name: "cgroup", after: [last], lock: 1, hold: engine.value("cgroup-lock")))
        last = add(StartTask(name: "runtime", after: [last], cpu: engine.value("runtime-cpu")))
        (spawned, kernelEntry, initStarted) = (last, last, last)
        let file = context.memories[index].file.doubleValue
        let key = context.fileKey(index)
        if spec.start != .warm {
            last = add(
                StartTask(
                    name: "read-files", after: [last], disk: file, requests: file / sequential, depth: Self.depth,
                    once: key == "private" ? nil : "files:\(key)"))
        }
        ready = add(StartTask(name: "service", after: [last], cpu: context.startCPU[index], isService: true))
        answered = add(StartTask(name: "answer", after: [ready], wait: 0.001))
    }

    /// The pieces that are fetched one by one; those past the 40th together, so that every byte is.
    static func fetched(_ pieces: [ContentPiece], by service: String) -> [ContentPiece] {
        guard pieces.count > 40 else { return pieces }
        var rest = pieces[39]
        rest.identity = "\(service)/rest"
        for piece in pieces[40...] {
            rest.files += piece.files
            rest.used += piece.used
            rest.allocated += piece.allocated
            rest.wire += piece.wire
        }
        return pieces[..<39] + [rest]
    }
}
