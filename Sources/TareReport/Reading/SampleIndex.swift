import TareCore
import TareExperiment

/// A dataset's samples by what they are about, read once.
struct SampleIndex {
    /// What makes two samples comparable.
    struct Key: Hashable {
        var cell: String
        var platform: Platform
        var quantity: String
        var subject: String
        var owner: Owner?
    }

    private var values: [Key: [Double]] = [:]
    /// Quantities that are there, sorted.
    let quantities: [String]

    /// Reads the samples: `measure` stands for a cell where both platforms were measured, else `simulate`.
    init(_ dataset: Dataset) {
        var measured: [String: Set<Platform>] = [:]
        for sample in dataset.samples where sample.mode == .measure {
            measured[sample.cell, default: []].insert(sample.platform)
        }
        var names: Set<String> = []
        for sample in dataset.samples {
            let both = measured[sample.cell]?.count == 2
            let modelled = dataset.samples.isEmpty ? false : sample.mode == .simulate
            if both && modelled { continue }
            names.insert(sample.quantity)
            let subject = sample.subject.hasPrefix("instance:") ? "instances" : sample.subject
            let key = Key(
                cell: sample.cell, platform: sample.platform, quantity: sample.quantity, subject: subject,
                owner: sample.owner
            )
            values[key, default: []].append(sample.value)
        }
        quantities = names.sorted()
    }

    /// Every value of one kind.
    func all(_ cell: String, _ platform: Platform, _ quantity: String, _ subject: String, _ owner: Owner?) -> [Double] {
        values[Key(cell: cell, platform: platform, quantity: quantity, subject: subject, owner: owner)] ?? []
    }

    /// The mean over the replications of the sum over the host: from `host`, else instances times the mean instance.
    func total(_ cell: Cell, _ platform: Platform, _ quantity: String, _ owner: Owner?) -> Double? {
        let host = all(cell.id, platform, quantity, "host", owner)
        if !host.isEmpty { return host.reduce(0, +) / Double(host.count) }
        let each = all(cell.id, platform, quantity, "instance", owner)
        guard !each.isEmpty else { return nil }
        return each.reduce(0, +) / Double(each.count) * Double(cell.instances)
    }

    /// The values of the start, sorted: one an instance where they are there.
    func starts(_ cell: String, _ platform: Platform, _ quantity: String) -> [Double] {
        let each = all(cell, platform, quantity, "instances", nil)
        return (each.isEmpty ? all(cell, platform, quantity, "instance", nil) : each).sorted()
    }
}
