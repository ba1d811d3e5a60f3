import TareCore
import TareOCI

/// What a request's path means.
///
/// A repository's name may hold any word that the paths have too, so they are read from their end.
enum HubRoute: Equatable {
    case version
    case catalogue
    case token
    case tags(RepositoryName)
    case manifest(RepositoryName, reference: String)
    case blob(RepositoryName, digest: HubDigest)
    case uploads(RepositoryName)
    case upload(RepositoryName, id: String)
    case referrers(RepositoryName, subject: HubDigest)

    /// Reads a path without its query.
    static func read(_ path: String) throws(HubFailure) -> HubRoute {
        if path == "/v2" || path == "/v2/" { return .version }
        if path == "/v2/_catalog" { return .catalogue }
        if path == "/token" { return .token }
        guard path.hasPrefix("/v2/") else { throw HubFailure(404, .unsupported, "there is nothing at \(path)") }
        let parts = path.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3 else { throw HubFailure(404, .unsupported, "there is nothing at \(path)") }
        let last = parts[parts.count - 1]
        let word = parts[parts.count - 2]
        func name(dropping count: Int) throws(HubFailure) -> RepositoryName {
            let text = parts.dropLast(count).joined(separator: "/")
            guard let name = RepositoryName(text) else {
                throw HubFailure(400, .nameInvalid, "not a repository's name: \(text)")
            }
            return name
        }
        if word == "uploads", parts.count >= 4, parts[parts.count - 3] == "blobs" {
            let name = try name(dropping: 3)
            return last.isEmpty ? .uploads(name) : .upload(name, id: last)
        }
        switch word {
        case "blobs" where last == "uploads": return .uploads(try name(dropping: 2))
        case "blobs": return .blob(try name(dropping: 2), digest: try digest(last))
        case "manifests" where !last.isEmpty: return .manifest(try name(dropping: 2), reference: last)
        case "tags" where last == "list": return .tags(try name(dropping: 2))
        case "referrers": return .referrers(try name(dropping: 2), subject: try digest(last))
        default: throw HubFailure(404, .unsupported, "there is nothing at \(path)")
        }
    }

    private static func digest(_ text: String) throws(HubFailure) -> HubDigest {
        guard let digest = HubDigest(text) else { throw HubFailure(400, .digestInvalid, "not a digest: \(text)") }
        return digest
    }

    /// The repository that the request is about, where there is one.
    var repository: RepositoryName? {
        switch self {
        case .version, .catalogue, .token: nil
        case .tags(let name), .manifest(let name, _), .blob(let name, _), .uploads(let name), .upload(let name, _),
            .referrers(let name, _):
            name
        }
    }
}
