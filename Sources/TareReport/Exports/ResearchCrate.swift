import TareCore
import TareExperiment

/// The page's metadata as an RO-Crate 1.1: one CreateAction with its instrument, its object and its result.
///
/// It is a block of JSON-LD inside the page. The addresses in it are names; nothing is fetched.
struct ResearchCrate {
    let data: ReportData

    private struct Document: Encodable {
        var context = "https://w3id.org/ro/crate/1.1/context"
        var graph: [Entity]

        enum CodingKeys: String, CodingKey {
            case context = "@context"
            case graph = "@graph"
        }
    }

    private struct Reference: Encodable {
        var id: String

        enum CodingKeys: String, CodingKey { case id = "@id" }
    }

    private struct Entity: Encodable {
        var id: String
        var type: String
        var name: String?
        var description: String?
        var version: String?
        var startTime: String?
        var encodingFormat: String?
        var sha256: String?
        var about: Reference?
        var conformsTo: Reference?
        var mainEntity: Reference?
        var instrument: Reference?
        var object: [Reference]?
        var result: [Reference]?
        var mentions: [Reference]?
        var hasPart: [Reference]?

        enum CodingKeys: String, CodingKey {
            case id = "@id"
            case type = "@type"
            case name, description, version, startTime, encodingFormat, sha256, about, conformsTo, mainEntity
            case instrument, object, result, mentions, hasPart
        }
    }

    /// The JSON-LD text, safe inside a `<script>` block.
    var text: String {
        let dataset = data.dataset
        func reference(_ id: String) -> Reference { Reference(id: id) }
        var root = Entity(id: "./", type: "Dataset", name: "Tare run \(dataset.run)")
        root.description = "What N services take as VMs and as containers, with verdicts and raw data"
        root.mentions = [reference("#run")]
        root.hasPart = [reference("#scenario"), reference("#dataset")]
        var crate = Entity(id: "ro-crate-metadata.json", type: "CreativeWork")
        crate.about = reference("./")
        crate.conformsTo = reference("https://w3id.org/ro/crate/1.1")
        var action = Entity(id: "#run", type: "CreateAction", name: NotesSection(data: data).command)
        action.startTime = dataset.startedAt
        action.description = "seed \(dataset.seed)"
        action.instrument = reference("#tare")
        action.object = [reference("#scenario")]
        action.result = [reference("#dataset")]
        var tool = Entity(id: "#tare", type: "SoftwareApplication", name: "Tare")
        tool.version = dataset.version
        var scenario = Entity(id: "#scenario", type: "CreativeWork", name: "scenario.yaml")
        scenario.encodingFormat = "application/yaml"
        scenario.sha256 = SHA256.digest(of: Array(dataset.scenarioText.utf8)).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
        var result = Entity(id: "#dataset", type: "Dataset", name: "samples of \(dataset.run)")
        result.encodingFormat = "application/json"
        let document = Document(graph: [crate, root, action, tool, scenario, result])
        guard let text = try? JSONText.encode(document) else { return "" }
        return text.replacing("<", with: "\\u003c")
    }

    /// The block.
    var html: String {
        let text = text
        return text.isEmpty ? "" : "<script type=\"application/ld+json\" id=\"ro-crate\">\(text)</script>"
    }
}
