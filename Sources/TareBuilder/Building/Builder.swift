import FoundationEssentials
import Glibc
import TareCore
import TareDockerfile
import TareImages
import TareLinux
import TareOCI

/// Builds images from Dockerfiles.
///
/// Each step that changes files makes one layer; a step that changes the configuration only makes none, and neither does
/// one that changes nothing. Steps are taken from the cache where all that decides their result is as it was: the layers
/// below, the command, its arguments and environment, and of files the path, mode, owner, attributes and bytes, but not
/// the time. The same inputs give the same digest, as far as the commands do: times are fixed, archives sorted.
///
///     let builder = try Builder(library: library, folder: state + "/build")
///     var request = BuildRequest(context: ".")
///     request.names = ["docker.io/library/web:1"]
///     let image = try await builder.build(request) { event in print(PlainProgress().lines(event)) }
///
/// It needs root, for mounts and owners. A build that fails or is killed leaves no name, no mount and no half layer;
/// what it had finished is in the cache.
public struct Builder: Sendable {
    let library: ImageLibrary
    let folder: String
    let runner: any StepRunner

    /// Opens a builder.
    ///
    /// - Parameters:
    ///   - library: the images.
    ///   - folder: a folder of the builder's own, on the library's file system; usually `<state>/build`.
    ///   - runner: runs the commands of RUN.
    public init(library: ImageLibrary, folder: String, runner: any StepRunner = NamespaceStepRunner()) {
        self.library = library
        self.folder = folder
        self.runner = runner
    }

    /// Forgets all steps and empties the caches of mounts, so that the next build does each step anew.
    ///
    /// Layers that no image has are then taken by the library's next collection. A build that goes on meanwhile ends
    /// well.
    /// - Throws: `TareError` with the errno.
    public func clearCache() throws(TareError) {
        try library.content.endLease(BuildCache.lease)
        for name in ["steps", "places", "mounts"] {
            let path = folder + "/" + name
            guard FolderMaking.isFolder(path) else { continue }
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw TareError(.cannotWrite, subject: path, "cannot clear the build cache: \(error)")
            }
        }
    }

    /// Builds an image.
    ///
    /// - Parameters:
    ///   - request: what is to be built.
    ///   - progress: takes what is told meanwhile, one event at a time, from any thread.
    /// - Returns: the image, which has its names.
    /// - Throws: `invalid` with every mistake of the Dockerfile; with a command's last lines where it fails;
    ///   `notFound` for a base, a stage or a file that is not there; `cancelled`.
    public func build(
        _ request: BuildRequest, progress: @escaping @Sendable (BuildEvent) -> Void = { _ in }
    ) async throws(TareError) -> BuiltImage {
        let session = try BuildSession(self, request, progress)
        return try await session.run()
    }
}
