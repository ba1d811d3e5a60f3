import TareCatalog
import TareCore
import TareGuests
import TareLinux
import TareWeigh

/// Brings a weighing of every workload on every base system: measured on the spot where asked and possible, stored
/// otherwise.
public struct ClaimWeighings: Sendable {
    /// What was brought, and why anything is not measured here.
    public struct Result: Sendable {
        /// A weighing a base and workload.
        public var weighings: [Weighing] = []
        /// Those of them that are stored ones.
        public var stored: [Weighing] = []
        /// The packages behind the weighings that were made here, by subject.
        public var packages: [String: [PackageWeight]] = [:]
        /// What a reader must know.
        public var warnings: [String] = []
    }

    /// A base with or without a workload.
    public struct Subject: Sendable, Hashable {
        /// The base system's id.
        public var base: String
        /// The workload's id; `nil` for the bare base.
        public var workload: String?
    }

    /// The workloads that a newcomer's first run measures on the spot; the others take minutes more.
    public static let quickWorkloads = ["hello", "nginx", "flask"]

    /// Every workload of the catalogue.
    public static var allWorkloads: [String] { Workload.builtins.map(\.id) }

    /// The workloads that are measured here; the others come from stored weighings.
    public var measuredWorkloads: [String]
    /// Whether nothing is measured here.
    public var storedOnly: Bool
    /// Folder of built roots.
    public var cache: String
    /// Another package source than the machine's own.
    public var mirror: String?

    /// Makes a plan of weighings.
    public init(measuredWorkloads: [String], storedOnly: Bool, cache: String, mirror: String? = nil) {
        self.measuredWorkloads = measuredWorkloads
        self.storedOnly = storedOnly
        self.cache = cache
        self.mirror = mirror
    }

    /// Every base without and with each workload, in the order in which roots build on each other.
    public static var subjects: [Subject] {
        BaseSystem.builtins.flatMap { base in
            [Subject(base: base.id, workload: nil)] + Workload.builtins.map { Subject(base: base.id, workload: $0.id) }
        }
    }

    /// Brings them all.
    ///
    /// Builds roots and the guests' disks below `cache` where they are missing (needs root and a package source;
    /// minutes), reads every file of them, and writes nothing else. A container's root is weighed as the folders that an
    /// overlay's layers are kept in, a guest's as the ext4 disk that it boots from.
    ///
    /// - Parameter progress: told what goes on: a text and the share of the whole, 0 to 1.
    /// - Returns: weighings, measured ones before stored ones.
    /// - Throws: `TareError.notFound` where a subject is neither measured nor stored.
    public func bring(progress: @escaping @Sendable (String, Double) -> Void) async throws(TareError) -> Result {
        var result = Result()
        var live = storedOnly ? [] : Self.subjects.filter { isMeasured($0) }
        if !storedOnly, let obstacle = RootStore.availability() {
            live = []
            result.warnings.append(
                "roots cannot be built here (\(obstacle.message)); stored weighings stand in for all"
                    + (obstacle.hint.map { ": \($0)" } ?? ""))
        }
        let store = RootStore(cache: cache, mirror: mirror)
        let count = Double(live.count)
        var silent: [String] = []
        for (index, subject) in live.enumerated() {
            try InterruptFlag.check("tare claim")
            // A package source that did not answer once is not asked again for each root: that takes minutes.
            if !silent.isEmpty, !isBuilt(subject, store) {
                silent.append(name(subject))
                continue
            }
            do throws(TareError) {
                let begin = Double(index) / count
                let (weighing, packages) = try await measure(subject, store) { step, fraction in
                    progress(step, begin + fraction / count)
                }
                result.packages[weighing.subject] = packages
                result.weighings.append(weighing)
            } catch {
                guard error.code != .cancelled else { throw error }
                if error.code == .unavailable { silent.append(name(subject)) }
                let hint = error.hint.map { "; \($0)" } ?? ""
                result.warnings.append("\(name(subject)) was not measured here: \(error.message)\(hint)")
            }
        }
        if silent.count > 1 {
            result.warnings.append(
                "stored weighings stand in for \(silent.count - 1) more, which were not tried after that: "
                    + silent.dropFirst().joined(separator: ", "))
        }
        let measured = Set(result.weighings.map { Subject(base: $0.base ?? "", workload: $0.workload) })
        for subject in Self.subjects where !measured.contains(subject) {
            guard let stored = try StoredWeighings.lookup(base: subject.base, workload: subject.workload) else {
                throw TareError(
                    .notFound, subject: name(subject), "is neither measured here nor stored",
                    hint: "run as root with mmdebstrap and a package source, or leave it out with --workload")
            }
            result.weighings.append(stored)
            result.stored.append(stored)
        }
        return result
    }

    /// The machine in one line, for weighings that are stored and read elsewhere.
    private static let machine: String = {
        let facts = MachineFacts.current().facts
        let parts = [facts["cpu.model"], facts["kernel"].map { "Linux \($0)" }].compactMap { $0 }
        return parts.isEmpty ? "a machine without a name" : parts.joined(separator: ", ")
    }()

    private func isMeasured(_ subject: Subject) -> Bool {
        guard let workload = subject.workload else { return true }
        return measuredWorkloads.contains(workload)
    }

    private func isBuilt(_ subject: Subject, _ store: RootStore) -> Bool {
        guard let base = BaseSystem.builtin(subject.base) else { return false }
        return (try? store.cached(base: base, workload: subject.workload.flatMap { Workload.builtin($0) })) != nil
    }

    private func name(_ subject: Subject) -> String {
        subject.workload.map { "\($0) on \(subject.base)" } ?? subject.base
    }

    private func measure(
        _ subject: Subject, _ store: RootStore, progress: @escaping @Sendable (String, Double) -> Void
    ) async throws(TareError) -> (Weighing, [PackageWeight]) {
        guard let base = BaseSystem.builtin(subject.base) else {
            throw TareError(.notFound, subject: subject.base, "is not a base system of the catalogue")
        }
        let workload = subject.workload.flatMap { Workload.builtin($0) }
        let title = name(subject)
        let root = try await store.root(base: base, workload: workload) { report in
            progress("\(title): \(report.step)", report.fraction * 0.7)
        }
        // A container's layers lie in folders of the host; a guest has a disk, whose file system takes blocks too.
        var path = root.path
        if let volume = base.volume {
            progress("\(title): making its disk", 0.7)
            path = try await DiskBuilder(cache: store.cache).disk(of: root, base: base, size: volume)
        }
        progress("\(title): weighing", 0.8)
        var result = try Weigher().weigh(path, workload: workload, base: base)
        result.weighing.subject = title
        result.weighing.measuredOn = HostClock.dateText()
        result.weighing.machine = Self.machine
        result.weighing.content = root.digest
        progress("\(title): weighed", 1)
        return (result.weighing, result.packages)
    }
}
