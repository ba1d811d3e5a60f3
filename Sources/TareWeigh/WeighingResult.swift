import TareCatalog
import TareCore

/// A weighing and the packages behind it.
public struct WeighingResult: Sendable {
    /// Weights and owners.
    public var weighing: Weighing
    /// One row a package, by name.
    public var packages: [PackageWeight]
    /// How the wire weight was obtained.
    public var wireMethod: String
}
