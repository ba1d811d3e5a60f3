import TareCore
import Testing

@testable import TareDockerfile

@Suite("real-life files")
struct CorpusTests {
    @Test("there are at least thirty, and each is read without a mistake")
    func allRead() throws {
        #expect(Corpus.files.count >= 30)
        for (name, text) in Corpus.files {
            do {
                let file = try Dockerfile(text, name: name)
                #expect(!file.stages.isEmpty, "\(name)")
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    @Test("cut after any line, a file is read or refused at a place within it")
    func cut() {
        for (name, text) in Corpus.files {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for count in 0..<lines.count {
                let part = lines.prefix(count).joined(separator: "\n")
                do {
                    _ = try Dockerfile(part, name: name)
                } catch {
                    let first = error.causes.first ?? error
                    let place = first.subject.split(separator: ":").dropFirst().compactMap { Int($0) }
                    #expect(place.count == 2 && place[0] <= max(1, count), "\(first)")
                }
            }
        }
    }

    @Test("a stage is found by name in any case and by number, and a later one is not there yet")
    func stages() throws {
        let text = try #require(Corpus.files.first { $0.name.hasPrefix("multi-target") }).text
        let file = try Dockerfile(text)
        #expect(file.stages.map(\.label) == ["base", "dev", "test", "3"])
        #expect(file.stage("DEV")?.index == 1)
        #expect(file.stage("2")?.name?.text == "test")
        #expect(file.stage("test", before: 2) == nil)
        #expect(file.stage("4") == nil)
    }
}
