import TareCore
import TareExperiment
import Testing

@Suite struct ScenarioTemplateTests {
    @Test("each template passes the check and is commented", arguments: ScenarioTemplate.all)
    func passes(_ template: ScenarioTemplate) throws {
        let read = try ScenarioReader.read(text: template.text, file: "\(template.name).yaml")
        #expect(try !read.scenario.cells().isEmpty)
        #expect(template.text.hasPrefix("# "))
        #expect(ScenarioTemplate.named(template.name) == template)
    }
}
