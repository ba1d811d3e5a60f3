import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite struct NUMATopologyTests {
    @Test(
        "nodes, CPUs and distances agree with numactl --hardware",
        .enabled(if: FileReading.exists("/usr/bin/numactl") && NUMATopology.current().isFromKernel, "needs numactl")
    )
    func numactl() throws {
        let pipe = try #require(popen("LC_ALL=C numactl --hardware", "r"))
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(byte)) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let topology = NUMATopology.current()
        #expect(lines.first?.hasPrefix("available: \(topology.nodes.count) nodes") == true)
        for node in topology.nodes {
            let cpus = lines.first { $0.hasPrefix("node \(node.id) cpus:") }
            #expect(cpus?.split(separator: " ").dropFirst(3).compactMap { Int($0) } == node.cpus)
            let row = lines.first { $0.drop { $0 == " " }.hasPrefix("\(node.id):") }
            #expect(row?.split(separator: " ").dropFirst().compactMap { Int($0) } == node.distances)
        }
    }
}
