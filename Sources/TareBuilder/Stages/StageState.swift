import TareCore
import TareDockerfile
import TareImages
import TareLinux
import TareOCI

/// What a stage is after the steps that were done so far.
struct StageState {
    let stage: Stage
    var layers: [BuildLayer] = []
    /// The key of each layer's snapshot, lowest first.
    var chain: [Digest] = []
    var config: ImageConfig
    var scope: StageScope
    /// Whether this stage has a CMD of its own.
    var hasCommand = false

    /// The topmost snapshot's key; `nil` where no layer is there yet.
    var top: String? { chain.last?.description }

    var execution: ImageConfig.Execution {
        get { config.config ?? ImageConfig.Execution() }
        set { config.config = newValue }
    }

    /// The shell of the shell form.
    var shell: [String] { execution.shell ?? ["/bin/sh", "-c"] }

    /// The folder of what follows.
    var folder: String { execution.workingDirectory.flatMap { $0.isEmpty ? nil : $0 } ?? "/" }

    /// Puts a layer on top.
    mutating func add(_ layer: BuildLayer) throws(TareError) {
        layers.append(layer)
        chain.append(try ChainID.next(layer.diffID, on: chain.last))
        config.rootfs.diffIDs.append(layer.diffID)
    }

    /// Says in the history what a step was.
    mutating func note(_ text: String, at time: String, isEmpty: Bool) {
        config.history =
            (config.history ?? []) + [
                ImageConfig.Step(created: time, createdBy: text, emptyLayer: isEmpty ? true : nil)
            ]
    }
}
