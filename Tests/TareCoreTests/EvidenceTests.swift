import TareCore
import Testing

@Suite("evidence and figures")
struct EvidenceTests {
    @Test("a result is as strong as its weakest part")
    func weaker() {
        for left in Evidence.allCases {
            for right in Evidence.allCases {
                let result = Evidence.weaker(left, right)
                #expect(result.strength == min(left.strength, right.strength))
            }
        }
    }

    @Test("a published figure without a source is only assumed")
    func figure() {
        #expect(Figure(1, unit: "ms", evidence: .published).evidence == .assumed)
        #expect(Figure(1, unit: "ms", evidence: .published, source: "A01").evidence == .published)
    }

    @Test("owners stack from platform to writable")
    func owners() {
        #expect(Owner.allCases.sorted() == [.platform, .os, .runtime, .app, .writable])
    }
}
