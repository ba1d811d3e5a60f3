import Glibc
import TareCore
import TareLinux
import TareModel

extension HostSpec {
    /// The machine that Tare runs on, read through libnuma and the kernel's files; disk and network speed are assumed.
    ///
    /// - Throws: `TareError.unavailable` where the kernel does not say how much memory there is.
    public static func thisMachine() throws(TareError) -> HostSpec {
        let topology = NUMATopology.current()
        let memory = topology.nodes.reduce(ByteCount.zero) { $0 + $1.memory }
        guard memory > .zero else {
            throw TareError(
                .unavailable, subject: "this machine", "the kernel does not say how much memory there is",
                hint: "name an EC2 type in the scenario: `host: { ec2: m6i.metal }`")
        }
        let threads = max(1, topology.nodes.reduce(0) { $0 + $1.cpus.count })
        let perCore = FileReading.valueIfPresent(at: "/sys/devices/system/cpu/smt/active") == "1" ? 2 : 1
        return HostSpec(
            name: "this", cores: max(1, threads / perCore), threadsPerCore: perCore, memory: memory,
            numaNodes: max(1, topology.nodes.count))
    }
}
