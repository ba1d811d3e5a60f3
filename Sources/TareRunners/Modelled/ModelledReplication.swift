import TareCore
import TareExperiment
import TareModel

/// One replication of one arm in the model, as samples: what both modelled runners do.
struct ModelledReplication: Sendable {
    let platform: Platform
    let binding: ModelBinding

    init(platform: Platform, content: ContentSource) {
        self.platform = platform
        binding = ModelBinding(content: content)
    }

    func check(_ cell: Cell, of scenario: Scenario) throws(TareError) {
        let resolved = try scenario.resolved(for: cell)
        _ = try binding.input(resolved, platform: platform, settings: scenario.run, seed: 0)
    }

    func run(_ request: RunRequest) throws(TareError) -> RunOutcome {
        let resolved = try request.scenario.resolved(for: request.cell)
        let input = try binding.input(
            resolved, platform: platform, settings: request.scenario.run, seed: request.seed)
        let outcome = try Model.run(input)
        return ModelSamples(outcome: outcome, request: request).written()
    }
}
