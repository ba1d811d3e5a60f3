import TareCatalog
import TareCore

/// The model beside published figures: what it was calibrated with, and apart from it what it is checked against.
public enum ModelValidation {
    /// One comparison.
    public struct Row: Sendable {
        /// The published row's id.
        public let id: String
        /// What is compared.
        public let quantity: String
        /// The publication's value, in seconds or bytes.
        public let published: Figure
        /// The model's value, in seconds or bytes.
        public let modelled: Double
        /// Whether the model's constants were derived from this row.
        public let isCalibration: Bool

        /// Modelled over published, less 1.
        public var error: Double { modelled / published.base - 1 }

        /// Whether it is inside the published spread, or at most 10% off.
        public var passes: Bool {
            var low = published
            var high = published
            low.value = published.low ?? published.value
            high.value = published.high ?? published.value
            return abs(error) <= 0.1 || (modelled >= low.base && modelled <= high.base)
        }
    }

    /// Check rows that are off, with what is known of the reason; they stay in the table.
    public static let knownOff = [
        "A14a": "published boots of this monitor are a fifth faster ten at a time than alone; nothing in the model is",
        "F03": "another distribution of 2021; the guest's boot is assumed, and nothing of it was fitted to this row",
    ]

    /// Every comparison: boots on the publication's 48-core host, one at a time and in parallel; host memory of idle
    /// microVMs; what EC2's guests do not see of their memory; EC2's boot to a login.
    ///
    /// - Returns: the rows, worst check first, calibration rows last.
    /// - Throws: what the model throws.
    public static func rows() throws(TareError) -> [Row] {
        var rows: [Row] = []
        let boots: [(id: String, profile: String, count: Int, from: StartMark?, calibration: Bool)] = [
            ("A01", "microvm", 1, nil, true), ("A02", "microvm", 1, .spawned, true), ("A04", "qemu-kvm", 1, nil, true),
            ("A09", "microvm", 10, .spawned, false), ("A12a", "microvm", 10, nil, false),
            ("A13a", "qemu-kvm", 10, nil, false), ("A13b", "qemu-kvm", 50, nil, false),
            ("A03", "cloud-hypervisor", 1, nil, true), ("A14a", "cloud-hypervisor", 10, nil, false),
            ("A14b", "cloud-hypervisor", 50, nil, false),
        ]
        for boot in boots {
            let outcome = try run(boot.profile, count: boot.count, memory: .mebibytes(256))
            var times: [Double] = []
            for start in outcome.instances {
                guard let end = start.marks[.initStarted] else { continue }
                times.append(end - (boot.from.flatMap { start.marks[$0] } ?? 0))
            }
            times.sort()
            rows.append(
                try row(boot.id, modelled: times.isEmpty ? .infinity : times[times.count / 2], boot.calibration))
        }
        for (id, size, calibration) in [
            ("A20-128", Int64(128), false), ("A20-512", 512, true), ("A20-1024", 1024, false),
            ("A20-8192", 8192, false),
        ] {
            let outcome = try run("microvm", count: 1, memory: .mebibytes(size))
            rows.append(
                try row(id, modelled: outcome.services[0].instanceMemory.total(.vmmRSS).doubleValue, calibration))
        }
        for (id, size, calibration) in [
            ("A17-128", Int64(128), true), ("A17-512", 512, false), ("A17-2048", 2048, false),
            ("A17-8192", 8192, false),
        ] {
            let outcome = try run("microvm", count: 1, memory: .mebibytes(size))
            rows.append(
                try row(id, modelled: outcome.services[0].guestMemTotal?.doubleValue ?? 0, calibration))
        }
        rows += try nitro()
        return rows.sorted { left, right in
            left.isCalibration == right.isCalibration ? abs(left.error) > abs(right.error) : !left.isCalibration
        }
    }

    static func row(_ id: String, modelled: Double, _ isCalibration: Bool) throws(TareError) -> Row {
        let all = try PublishedFigures.rows()
        guard let published = all[id] else {
            throw TareError(.notFound, subject: id, "no published figure has this id")
        }
        return Row(
            id: id, quantity: published.quantity, published: published.figure, modelled: modelled,
            isCalibration: isCalibration)
    }

    private static func run(_ profile: String, count: Int, memory: ByteCount) throws(TareError) -> ModelOutcome {
        let service = service("linux-4.14-tuned", count: count, memory: memory)
        let host = HostSpec(name: "m5d.metal", cores: 48, memory: .gibibytes(384))
        return try Model.run(
            ModelInput(
                host: host, arm: .vm(VMPlatformSpec(profile: profile)), services: [service], seed: 1, variation: 0))
    }

    /// A guest that runs nothing.
    static func service(_ guest: String, count: Int, memory: ByteCount) -> ServiceSpec {
        let none = ServiceMemory(runtimeAnonymous: .zero, appAnonymous: .zero, runtimeFile: .zero, appFile: .zero)
        let content = ContentManifest(base: guest, workload: "init", os: .mebibytes(50))
        return ServiceSpec(
            name: "boot", replicas: count, workload: "hello", guest: guest, vmContent: content,
            containerContent: content, memory: memory, serviceMemory: none, startCPU: 0)
    }
}
