import Glibc
import TareCatalog
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
        var host = HostSpec(
            name: "this", cores: max(1, threads / perCore), threadsPerCore: perCore, memory: memory,
            numaNodes: max(1, topology.nodes.count))
        // The kernel's own sizes and distances in place of equal nodes at an assumed distance.
        let fromFirst = topology.nodes.first?.distances ?? []
        host.nodes = topology.nodes.enumerated().map { index, node in
            HostSpec.Node(memory: node.memory, distance: fromFirst.indices.contains(index) ? fromFirst[index] : 10)
        }
        host.distances = topology.nodes.map(\.distances)
        host.constants["host/disk-bandwidth"] = .assumed(2, "GB/s")
        host.constants["host/disk-requests"] = .assumed(300_000, "IOPS")
        host.constants["host/network"] = .assumed(10, "Gbit/s")
        return host
    }
}
