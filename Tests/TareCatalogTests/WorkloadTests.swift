import TareCatalog
import Testing

@Suite("Workload")
struct WorkloadTests {
    @Test("the seven workloads are found by their ids, in order of weight")
    func ids() {
        #expect(Workload.builtins.map(\.id) == ["hello", "nginx", "redis", "flask", "node", "java", "postgres"])
        for workload in Workload.builtins { #expect(Workload.builtin(workload.id) == workload) }
        #expect(Workload.builtin("cobol") == nil)
    }

    @Test("a server has a port, a program that prints has none", arguments: Workload.builtins)
    func ports(workload: Workload) {
        if case .output = workload.readiness {
            #expect(workload.port == nil)
        } else {
            #expect(workload.port.map { (1...65535).contains($0) } == true)
        }
        #expect(workload.command.first?.hasPrefix("/") == true)
    }

    @Test("each file has an absolute path of its own and no workload builds without build packages")
    func files() {
        for workload in Workload.builtins {
            let paths = workload.files.map(\.path)
            #expect(Set(paths).count == paths.count)
            #expect(paths.allSatisfy { $0.hasPrefix("/") && !$0.contains("..") })
            #expect(workload.buildCommands.isEmpty == workload.buildPackages.isEmpty)
        }
    }
}
