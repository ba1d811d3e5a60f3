import ArgumentParser
import TareCore
import TareEngine
import TareOCI
import TareRegistry

/// When an image is pulled before it is used.
enum PullChoice: String, ExpressibleByArgument, CaseIterable {
    case missing, always, never
}

/// The flags of every verb that talks to a registry.
struct RegistryFlags: ParsableArguments {
    @Flag(help: "Use plain HTTP with registries that are not this machine.")
    var plainHttp = false

    @Flag(help: "Do not check the registry's certificate.")
    var insecure = false

    @Option(help: "A file of certificates to trust instead of the system's.")
    var certificates: String?

    /// A client with the kept credentials.
    func client() throws(TareError) -> RegistryClient {
        let kept = try CredentialFile.current()
        return try client { (host) throws(TareError) in try kept.credentials(for: host) }
    }

    /// A client that asks `credentials` for them.
    func client(
        credentials: @escaping @Sendable (String) throws(TareError) -> RegistryCredentials?
    ) throws(TareError) -> RegistryClient {
        var options = HTTPOptions()
        options.plainHTTP = plainHttp
        options.insecure = insecure
        options.certificates = certificates
        return RegistryClient(options: options, credentials: credentials)
    }
}

/// Brings an image here where it is wanted and not there.
struct ImageFetching {
    let engine: Engine
    let registry: RegistryFlags

    /// Pulls by the rule.
    ///
    /// - Throws: `notFound` where it is not here and may not be pulled; the registry's errors.
    func ensure(_ image: String, _ choice: PullChoice) throws(TareError) {
        if choice != .always {
            do throws(TareError) {
                _ = try engine.images.image(image)
                return
            } catch {
                guard error.code == .notFound, choice == .missing else { throw error }
            }
        }
        let reference = try ImageReference(image)
        Output.note("pulling \(reference)")
        let bar = TransferLine()
        _ = try ImagePull(client: registry.client(), library: engine.images).run(reference) { bar.show($0) }
        bar.end()
    }
}
