import TareCore
import TareLinux
import TareOCI

extension RegistryClient {
    /// A manifest or index as it lies in the registry.
    public struct Manifest: Sendable, Hashable {
        /// Its digest, type and length.
        public var descriptor: Descriptor
        /// Its bytes, which have that digest.
        public var bytes: [UInt8]
    }

    /// The longest manifest that is accepted, in bytes, as the specification advises.
    public static let longestManifest = 4 << 20

    /// The types that are asked for, best first.
    static let accepted: [MediaType] = [.index, .manifest, .dockerIndex, .dockerManifest]

    /// Reads a manifest or index.
    ///
    /// - Parameters:
    ///   - reference: a tag, or a digest as `sha256:...`.
    ///   - repository: where it lies.
    /// - Returns: its bytes and what they are.
    /// - Throws: `notFound`, `noPermission`, `unavailable`; `corrupt` where it does not have the digest that was asked
    ///   for or announced.
    public func manifest(_ reference: String, in repository: RegistryRepository) throws(TareError) -> Manifest {
        var request = HTTPRequest(.get, address(repository, "manifests/\(reference)"))
        for type in Self.accepted { request.headers.add("Accept", type.rawValue) }
        request.followsRedirects = true
        let subject = Self.name(repository, reference)
        let answer = try send(request, to: repository, scopes: [scope(repository, .pull)])
        guard answer.isSuccess else { throw failure(of: answer, subject: subject, "cannot read the manifest") }
        guard answer.body.count <= Self.longestManifest else {
            throw TareError(.invalid, subject: subject, "the manifest is longer than \(Self.longestManifest) bytes")
        }
        let digest = try SHA256.digest(of: answer.body)
        for wanted in [Digest(reference), answer.headers["Docker-Content-Digest"].flatMap { Digest($0) }] {
            guard let wanted, wanted != digest else { continue }
            throw TareError(
                .corrupt,
                subject: subject,
                "the manifest's digest is \(digest), not \(wanted) as it should be; it is not used"
            )
        }
        let type = answer.headers["Content-Type"].map { String($0.prefix { $0 != ";" }) } ?? ""
        let descriptor = Descriptor(
            mediaType: MediaType(rawValue: type),
            digest: digest,
            size: Int64(answer.body.count)
        )
        return Manifest(descriptor: descriptor, bytes: answer.body)
    }

    /// Writes a manifest or index; all that it names must be there already.
    ///
    /// - Parameters:
    ///   - bytes: the manifest.
    ///   - type: its type.
    ///   - reference: a tag, or its digest.
    ///   - repository: where to.
    /// - Throws: `invalid` where the registry refuses it; `noPermission`, `unavailable`.
    public func pushManifest(
        _ bytes: [UInt8],
        type: MediaType,
        as reference: String,
        to repository: RegistryRepository
    ) throws(TareError) {
        var request = HTTPRequest(.put, address(repository, "manifests/\(reference)"))
        request.headers.add("Content-Type", type.rawValue)
        let answer = try send(request, to: repository, scopes: [scope(repository, .push)]) { () throws(TareError) in
            HTTPBody(bytes)
        }
        guard answer.isSuccess else {
            let subject = Self.name(repository, reference)
            throw failure(of: answer, subject: subject, "cannot write the manifest")
        }
    }

    /// Deletes a manifest, by digest, or a tag.
    public func deleteManifest(_ reference: String, in repository: RegistryRepository) throws(TareError) {
        let request = HTTPRequest(.delete, address(repository, "manifests/\(reference)"))
        let answer = try send(request, to: repository, scopes: [scope(repository, .delete)])
        guard answer.isSuccess else {
            let subject = Self.name(repository, reference)
            throw failure(of: answer, subject: subject, "cannot delete the manifest")
        }
    }

    /// What needs which permission.
    func scope(_ repository: RegistryRepository, _ actions: RegistryScope.Actions) -> RegistryScope {
        RegistryScope(repository: repository.name, actions: actions)
    }

    /// `host/name:tag` or `host/name@digest`.
    static func name(_ repository: RegistryRepository, _ reference: String) -> String {
        "\(repository)\(Digest(reference) == nil ? ":" : "@")\(reference)"
    }
}
