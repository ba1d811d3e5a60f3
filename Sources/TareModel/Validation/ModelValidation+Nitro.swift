import TareCatalog
import TareCore

extension ModelValidation {
    /// Guests on EC2: what of 32 GiB their kernels do not see, MemTotal of a small one, and the boot to a login.
    ///
    /// The hidden memory of a family is a published line over its sizes, `a + b x GiB`; it is compared at 32 GiB.
    static func nitro() throws(TareError) -> [Row] {
        var rows: [Row] = []
        let families: [(family: String, size: String, calibration: Bool)] = [
            ("m6i", "m6i.2xlarge", true), ("r6i", "r6i.xlarge", false), ("i4i", "i4i.xlarge", false),
            ("m7g", "m7g.2xlarge", false), ("c7g", "c7g.4xlarge", false), ("i3en", "i3en.xlarge", false),
            ("t3", "t3.2xlarge", false),
        ]
        let published = try PublishedFigures.rows()
        for (family, size, calibration) in families {
            let type = try EC2Catalog.type(named: size)
            guard let fixed = published["F27-\(family)-a"], let slope = published["F27-\(family)-b"] else { continue }
            let hidden = fixed.figure.value + slope.figure.value * type.memory.mebibytes / 1024
            let total = try memTotal(type, profile: family == "t3" ? "nitro-burstable" : "nitro")
            rows.append(
                Row(
                    id: "F27-\(family)", quantity: "hidden_memory_32gib_\(family)",
                    published: Figure(hidden, unit: "MiB", evidence: .modelled, source: "F27-\(family)-a"),
                    modelled: (type.memory - total).doubleValue, isCalibration: calibration))
        }
        let micro = try EC2Catalog.type(named: "t3.micro")
        rows.append(
            try row("F31", modelled: memTotal(micro, profile: "nitro-burstable").doubleValue, false))
        rows.append(try row("F03", modelled: try bootToLogin(), false))
        return rows
    }

    private static func memTotal(_ type: EC2InstanceType, profile: String) throws(TareError) -> ByteCount {
        var service = Self.service("debian-12-minimal", count: 1, memory: type.memory)
        service.vcpus = type.vcpus
        let none = ServiceMemory(runtimeAnonymous: .zero, appAnonymous: .zero, runtimeFile: .zero, appFile: .zero)
        return GuestMemory(
            service: service, memory: none, guest: try .named(service.guest), hypervisor: try .named(profile),
            architecture: type.architecture, sharers: 1
        ).memTotal
    }

    /// From the hypervisor's start of the guest to its login: 8 GiB, 4 vCPUs, a fresh volume.
    private static func bootToLogin() throws(TareError) -> Double {
        var service = Self.service("debian-12-cloud", count: 1, memory: .gibibytes(8))
        service.vcpus = 4
        let outcome = try Model.run(
            ModelInput(
                host: try .ec2("m6i.metal"), arm: .vm(VMPlatformSpec()), services: [service], seed: 1, variation: 0))
        guard let login = outcome.timelines.first?.phases.first(where: { $0.name == "unit:ssh" })?.end,
            let begin = outcome.instances.first?.marks[.spawned]
        else { return .infinity }
        return login - begin
    }
}
