import TareCatalog
import TareCore
import TareWeigh

/// Weighs an image that a scenario names.
enum ImageWeighing {
    /// The weighing of a folder, an OCI layout or a docker-archive on this machine.
    ///
    /// - Throws: `TareError.unsupported` for a registry reference, or what the weigher throws.
    static func weigh(_ reference: String) throws(TareError) -> Weighing {
        guard reference.hasPrefix("/") || reference.hasPrefix("./") || reference.hasPrefix("../") else {
            throw TareError(
                .unsupported, subject: reference, "a registry cannot be asked by this version",
                hint: "save the image as an OCI layout or docker-archive and give its path, starting with / or ./")
        }
        return try Weigher().weigh(reference).weighing
    }
}
