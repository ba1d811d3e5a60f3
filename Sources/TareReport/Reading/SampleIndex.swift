import TareCore
import TareExperiment

/// A dataset's samples by what they are about, read once; a number never mixes simulated and measured samples.
struct SampleIndex: Sendable {
    /// What makes two samples comparable.
    struct Key: Hashable {
        var cell: String
        var platform: Platform
        var quantity: String
        var subject: String
        var owner: Owner?
    }

    /// Where one mode is chosen for both platforms.
    private struct Place: Hashable {
        var cell: String
        var quantity: String
    }

    private struct Kinds {
        var platforms: [RunMode: Set<Platform>] = [:]
        var evidence: [RunMode: Evidence] = [:]

        /// Measured where both platforms are, else simulated where both are, else what there is.
        var mode: RunMode {
            if platforms[.measure]?.count == 2 { return .measure }
            if platforms[.simulate]?.count == 2 { return .simulate }
            return platforms[.measure] == nil ? .simulate : .measure
        }
    }

    private var values: [Key: [Double]] = [:]
    private var kinds: [Place: Kinds] = [:]
    private var failures: [String: Int] = [:]
    /// Quantities that are there, sorted.
    let quantities: [String]

    /// Reads the samples.
    init(_ dataset: Dataset) {
        var kinds: [Place: Kinds] = [:]
        for sample in dataset.samples {
            let place = Place(cell: sample.cell, quantity: sample.quantity)
            kinds[place, default: Kinds()].platforms[sample.mode, default: []].insert(sample.platform)
            let known = kinds[place]?.evidence[sample.mode] ?? sample.evidence
            kinds[place]?.evidence[sample.mode] = Evidence.weaker(known, sample.evidence)
        }
        var names: Set<String> = []
        for sample in dataset.samples where sample.value.isFinite {
            let place = Place(cell: sample.cell, quantity: sample.quantity)
            guard kinds[place]?.mode == sample.mode else { continue }
            names.insert(sample.quantity)
            let key = Key(
                cell: sample.cell, platform: sample.platform, quantity: sample.quantity,
                subject: Self.subject(sample.subject), owner: sample.owner
            )
            values[key, default: []].append(sample.value)
        }
        for failure in dataset.failures { failures["\(failure.cell)|\(failure.platform.rawValue)", default: 0] += 1 }
        self.kinds = kinds
        quantities = names.sorted()
    }

    /// `instances` for one of many instances (`instance:17`), else the subject as it is (`instance:web` is a service).
    static func subject(_ text: String) -> String {
        guard text.hasPrefix("instance:") else { return text }
        let rest = text.dropFirst("instance:".count)
        return !rest.isEmpty && rest.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? "instances" : text
    }

    /// Every value of one kind.
    func all(_ cell: String, _ platform: Platform, _ quantity: String, _ subject: String, _ owner: Owner?) -> [Double] {
        values[Key(cell: cell, platform: platform, quantity: quantity, subject: subject, owner: owner)] ?? []
    }

    /// The mean of the values of one kind; `nil` where there are none.
    func mean(_ cell: String, _ platform: Platform, _ quantity: String, _ subject: String, _ owner: Owner? = nil)
        -> Double?
    {
        let found = all(cell, platform, quantity, subject, owner)
        return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
    }

    /// The mean over the replications of the sum over the host: from `host`, else instances times the mean instance.
    func total(_ cell: Cell, _ platform: Platform, _ quantity: String, _ owner: Owner?) -> Double? {
        if let host = mean(cell.id, platform, quantity, "host", owner) { return host }
        return mean(cell.id, platform, quantity, "instance", owner).map { $0 * Double(cell.instances) }
    }

    /// The weakest evidence behind a quantity in a cell.
    func evidence(_ cell: String, _ quantity: String) -> Evidence {
        let kinds = kinds[Place(cell: cell, quantity: quantity)]
        return kinds.flatMap { $0.evidence[$0.mode] } ?? .modelled
    }

    /// The starts of one platform in a cell.
    func starts(_ cell: Cell, _ platform: Platform) -> StartSet {
        let quantity = StartMark.firstResponse.quantity
        let each = all(cell.id, platform, quantity, "instances", nil)
        let seconds = (each.isEmpty ? all(cell.id, platform, quantity, "instance", nil) : each).sorted()
        let ready = all(cell.id, platform, "instances.ready", "host", nil)
        let failed = failures["\(cell.id)|\(platform.rawValue)"] ?? 0
        let replications = ready.isEmpty ? max(1, all(cell.id, platform, quantity, "host", nil).count) : ready.count
        let done = ready.isEmpty ? Double(seconds.count) : ready.reduce(0, +)
        let asked = ready.isEmpty ? done : Double(replications * cell.instances)
        return StartSet(
            platform: platform, seconds: seconds, ready: done,
            requested: max(done, asked) + Double(failed * cell.instances), replications: replications + failed,
            evidence: evidence(cell.id, quantity)
        )
    }
}
