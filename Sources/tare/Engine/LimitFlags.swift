import ArgumentParser
import TareCore
import TareEngine
import TareLinux

/// How much a container may use.
struct LimitFlags: ParsableArguments {
    @Option(name: .shortAndLong, help: "The most memory: 256m, 1g.")
    var memory: String?

    @Option(help: "The most memory and swap together; -1 for no limit of swap.")
    var memorySwap: String?

    @Option(help: "Memory that it keeps when the host is short.")
    var memoryReservation: String?

    @Option(help: "The most CPUs: 1.5.")
    var cpus: Double?

    @Option(name: [.customShort("c"), .long], help: "Its weight beside others; 1024 is usual.")
    var cpuShares: UInt64?

    @Option(help: "Microseconds of CPU in a period.")
    var cpuQuota: Int64?

    @Option(help: "The period in microseconds.")
    var cpuPeriod: UInt64?

    @Option(help: "The CPUs that it may use: 0-3,5.")
    var cpusetCpus: String?

    @Option(help: "The memory nodes that it may use.")
    var cpusetMems: String?

    @Option(help: "The most processes and threads; -1 for no limit.")
    var pidsLimit: Int64?

    @Option(help: "Its weight on disks, 10 to 1000.")
    var blkioWeight: UInt16?

    @Option(parsing: .singleValue, help: "A limit of each process: nofile=1024:2048.")
    var ulimit: [String] = []

    @Option(help: "How willingly the kernel ends it, -1000 to 1000.")
    var oomScoreAdj: Int?

    func fill(_ options: inout ContainerOptions) throws(TareError) {
        func size(_ text: String?, _ flag: String) throws(TareError) -> ByteCount? {
            guard let text else { return nil }
            return try SizeText.read(text, flag: flag)
        }
        options.limits.memory = try size(memory, "--memory")
        if memorySwap != "-1" { options.limits.memoryAndSwap = try size(memorySwap, "--memory-swap") }
        options.limits.memoryReservation = try size(memoryReservation, "--memory-reservation")
        if let cpus {
            guard cpus > 0, cpuQuota == nil else {
                throw TareError(.usage, subject: "--cpus \(cpus)", "wanted more than 0, and no --cpu-quota beside it")
            }
            options.limits.cpuPeriod = 100_000
            options.limits.cpuQuota = Int64((cpus * 100_000).rounded())
        }
        if let cpuQuota { options.limits.cpuQuota = cpuQuota }
        if let cpuPeriod { options.limits.cpuPeriod = cpuPeriod }
        options.limits.cpuShares = cpuShares
        options.limits.cpus = cpusetCpus
        options.limits.memoryNodes = cpusetMems
        if let pidsLimit, pidsLimit > 0 { options.limits.tasks = pidsLimit }
        options.limits.ioWeight = blkioWeight
        options.processLimits = ulimit
        options.oomScore = oomScoreAdj
    }
}
