import TareCore
import TareOCI

extension RegistryRepository {
    /// Where a reference's image lies.
    public init(_ reference: ImageReference) throws(TareError) {
        try self.init(host: reference.registry, name: reference.repository)
    }
}
