import FoundationEssentials
import TareCore
import Testing

@testable import TareCatalog

@Suite struct GlossaryTests {
    @Test("every weight, mark, owner, group, evidence kind and exit code of the code has an entry")
    func complete() {
        var words: [String] = DiskWeight.allCases.map(\.rawValue) + MemoryWeight.allCases.map(\.rawValue)
        words += DiskWeight.allCases.map(\.quantity) + MemoryWeight.allCases.map(\.quantity)
        words += StartMark.allCases.map(\.rawValue) + Owner.allCases.map(\.rawValue)
        words += OwnerGroup.allCases.map(\.rawValue) + Evidence.allCases.map(\.rawValue)
        words += Platform.allCases.map(\.rawValue) + RunMode.allCases.map(\.rawValue)
        words += ExitCode.allCases.map { "\($0.rawValue)" }
        words += ["supported", "refuted-lower", "refuted-higher", "depends", "inconclusive", "untestable"]
        words += ["debian-12-minimal", "debian-12-cloud"]
        for word in words { #expect(!Glossary.entries(for: word).isEmpty, "\(word)") }
    }

    @Test("every word that an entry points to can be looked up")
    func related() {
        for entry in Glossary.entries {
            for word in entry.related { #expect(!Glossary.entries(for: word).isEmpty, "\(entry.term) -> \(word)") }
        }
    }

    @Test("no term is there twice within a topic, and every topic has words")
    func unique() {
        let keys = Glossary.entries.map { "\($0.topic.rawValue)/\($0.term)" }
        #expect(Set(keys).count == keys.count)
        for topic in GlossaryEntry.Topic.allCases { #expect(Glossary.entries.contains { $0.topic == topic }) }
    }

    @Test("a word is found whatever its case, blanks and underscores, and a misspelt one is guessed")
    func lookup() {
        #expect(Glossary.entries(for: "Linked-Clone").map(\.term) == ["linked clone"])
        #expect(Glossary.entries(for: "vmm-rss").map(\.term) == ["vmm_rss"])
        #expect(Glossary.entries(for: "runtime").map(\.topic) == [.owners, .groups])
        #expect(Glossary.entries(for: "nitor").isEmpty)
        #expect(Glossary.suggestion(for: "nitor") == "nitro")
        #expect(Glossary.suggestion(for: "xyzzyxyzzy") == nil)
    }

    @Test("Docs/Vocabulary.md is the glossary; `tare explain --markdown` writes it")
    func page() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: "/\(root)/Docs/Vocabulary.md", encoding: .utf8)
        #expect(page == Glossary.markdown)
    }
}
