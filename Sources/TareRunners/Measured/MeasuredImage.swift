import TareCatalog
import TareCore
import TareExperiment
import TareImages

/// An image that a measured service runs, and how its answer is recognised.
public struct MeasuredImage: Sendable, Hashable {
    /// Its name in the engine's store.
    public var name: String
    /// What counts as an answer.
    public var readiness: Readiness
    /// The TCP port that answers; `nil` where the output does.
    public var port: Int?

    /// Describes an image.
    public init(name: String, readiness: Readiness, port: Int?) {
        self.name = name
        self.readiness = readiness
        self.port = port
    }
}

/// Brings the image of a service into the engine's store: the content that the model weighs, and nothing else.
public protocol MeasuredImageSource: Sendable {
    /// Refuses what this source could never bring; touches nothing.
    func check(_ service: ResolvedService) throws(TareError)

    /// The image, made where it is not there yet: may take minutes and the network the first time.
    ///
    /// - Parameters:
    ///   - service: whose image.
    ///   - library: where it goes.
    /// - Returns: the image.
    /// - Throws: what building or loading it throws.
    func image(of service: ResolvedService, in library: ImageLibrary) async throws(TareError) -> MeasuredImage
}
