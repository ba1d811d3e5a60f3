import TareCatalog
import TareCore

/// The model of one host that runs N services as guests, or the same N as containers.
public enum Model {
    /// Computes one replication of one arm.
    ///
    /// Deterministic: the same input gives the same outcome on every machine and any number of threads. Touches nothing
    /// and does not block.
    ///
    /// - Parameter input: host, arm, services and seed.
    /// - Returns: disk and memory by owner, every start, density and cost.
    /// - Throws: `TareError.notFound` for an unknown profile, `.invalid` for numbers that cannot be.
    /// - Complexity: O(n log n) in instances.
    public static func run(_ input: ModelInput) throws(TareError) -> ModelOutcome {
        throw TareError(.unsupported, subject: input.host.name, "the model's arms are not linked into this build")
    }
}
