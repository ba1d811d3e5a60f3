import TareCore
import TareExperiment

/// N services as containers under one engine, in the model.
public struct ModelledContainerRunner: ServiceRunner {
    /// Container.
    public var platform: Platform { .container }
    /// Simulated.
    public var mode: RunMode { .simulate }

    private let replication: ModelledReplication

    /// Makes a runner whose contents come from `content`.
    public init(content: ContentSource) { replication = ModelledReplication(platform: .container, content: content) }

    /// Refuses a cell whose host, guest or workload the model does not know.
    public func check(_ cell: Cell, of scenario: Scenario) throws(TareError) {
        try replication.check(cell, of: scenario)
    }

    /// Simulates one replication; deterministic for the request's seed, touches nothing.
    public func run(_ request: RunRequest) async throws(TareError) -> RunOutcome {
        try replication.run(request)
    }
}
