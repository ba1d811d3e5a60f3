import TareCore
import Testing

@Suite("did you mean")
struct SuggestionTests {
    private let words = ["allocated", "used", "virtual", "wire", "supported", "refuted-lower"]

    @Test(
        "finds the word that was meant",
        arguments: [("allocatd", "allocated"), ("WIRE", "wire"), ("virtaul", "virtual"), ("suported", "supported")])
    func near(word: String, meant: String) {
        #expect(Suggestion.nearest(to: word, among: words) == meant)
    }

    @Test("stays silent where nothing is near", arguments: ["banana", "x", "disk"])
    func far(word: String) {
        #expect(Suggestion.nearest(to: word, among: words) == nil)
    }

    @Test("the distance is symmetric, zero only for equal words, and a swap of neighbours is one step")
    func distance() {
        for left in words {
            for right in words {
                let forth = Suggestion.editDistance(left, right)
                #expect(forth == Suggestion.editDistance(right, left))
                #expect((forth == 0) == (left == right))
            }
        }
        #expect(Suggestion.editDistance("ab", "ba") == 1)
        #expect(Suggestion.editDistance("", "abc") == 3)
    }
}
