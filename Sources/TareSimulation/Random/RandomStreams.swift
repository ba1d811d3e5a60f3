/// Named random streams of one seed: one for each entity and purpose.
///
/// A stream depends on the seed, the entity and the purpose and on nothing else. So two arms of one replication that name
/// their streams alike draw alike (common random numbers), and one entity more does not shift another's draws.
public struct RandomStreams: Hashable, Sendable {
    /// What all streams derive from.
    public let seed: UInt64

    /// The streams of `seed`.
    public init(seed: UInt64) { self.seed = seed }

    /// The stream of an entity known by number.
    ///
    /// - Parameters:
    ///   - entity: its number, the same in both arms of a comparison.
    ///   - purpose: what it draws for.
    /// - Returns: the stream at its start.
    public func stream(entity: Int, purpose: StreamPurpose) -> RandomStream {
        let first = SplitMix.mix(seed)
        let second = SplitMix.mix(first ^ UInt64(bitPattern: Int64(entity)))
        return RandomStream(seed: SplitMix.mix(second ^ purpose.code))
    }

    /// The stream of an entity known by name.
    public func stream(entity: String, purpose: StreamPurpose) -> RandomStream {
        stream(entity: Int(truncatingIfNeeded: StreamPurpose(entity).code), purpose: purpose)
    }

    /// The streams of replication `index`: far from those of every other.
    public func replication(_ index: Int) -> RandomStreams {
        RandomStreams(
            seed: SplitMix.mix(SplitMix.mix(seed ^ 0x7265_706c_6963_6174) &+ UInt64(bitPattern: Int64(index))))
    }
}
