import TareCore
import Testing

@testable import TareLinux

@Suite struct MachineFactsTests {
    @Test("every node is 10 from itself and the flat table has a row a node")
    func topology() {
        let facts = MachineFacts.current()
        #expect(!facts.numa.nodes.isEmpty)
        for (place, node) in facts.numa.nodes.enumerated() { #expect(node.distances[place] == 10) }
        #expect(facts.flat["numa.nodes"] == "\(facts.numa.nodes.count)")
        #expect(facts.numa.nodes.reduce(0) { $0 + $1.cpus.count } > 0)
    }

    @Test("a value is what follows the colon of its key")
    func value() {
        let text = "MemFree: 1 kB\nMemTotal:       12 kB\n"
        #expect(MachineFacts.value(of: "MemTotal", in: text) == "12 kB")
        #expect(MachineFacts.value(of: "Swap", in: text) == nil)
    }
}
