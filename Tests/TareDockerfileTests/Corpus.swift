import FoundationEssentials

/// Files modelled on what people write; one feature of real life a file.
enum Corpus {
    private static let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Corpus"

    /// All of them, by name.
    static let files: [(name: String, text: String)] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".Dockerfile") }.sorted().compactMap { name in
            (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)).map { (name, $0) }
        }
    }()
}
