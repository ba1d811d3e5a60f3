import TareExperiment

extension Dataset {
    /// The same data without facts of the machine: what `--anonymise` writes in every format.
    public var anonymised: Dataset {
        var copy = self
        copy.machine = [:]
        for index in copy.weighings.indices { copy.weighings[index].machine = nil }
        return copy
    }
}
