/// What a job of a processor-sharing station is entitled to.
@frozen
public struct ShareClass: Hashable, Sendable, BitwiseCopyable {
    /// Its share beside others, in proportion; a container's CPU weight.
    public let weight: Double

    /// The most that it uses at once, in units of the capacity; one core for a job of one thread.
    public let cap: Double

    /// A class of `weight` and `cap`.
    ///
    /// - Precondition: both are above zero. An infinite cap means none.
    @inlinable
    public init(weight: Double = 1, cap: Double = 1) {
        precondition(weight > 0 && cap > 0, "a share needs a weight and a cap above zero")
        self.weight = weight
        self.cap = cap
    }

    /// Weight one, at most one unit (a core).
    @inlinable public static var oneCore: ShareClass { ShareClass() }

    /// Weight one, no cap.
    @inlinable public static var uncapped: ShareClass { ShareClass(weight: 1, cap: .infinity) }
}
