import FoundationEssentials
import TareCore
import TareOCI

extension RegistryClient {
    /// The tags of a repository, in the registry's order, page by page.
    public func tags(of repository: RegistryRepository) throws(TareError) -> [String] {
        struct Page: Decodable { var tags: [String]? }
        let pages: [Page] = try pages(from: address(repository, "tags/list"), in: repository, "cannot list the tags")
        return pages.flatMap { $0.tags ?? [] }
    }

    /// The manifests that name `digest` as their subject.
    ///
    /// - Returns: none where the registry does not know the referrers' interface.
    public func referrers(to digest: Digest, in repository: RegistryRepository) throws(TareError) -> [Descriptor] {
        do throws(TareError) {
            let start = address(repository, "referrers/\(digest)")
            let pages: [ImageIndex] = try pages(from: start, in: repository, "cannot list the referrers")
            return pages.flatMap(\.manifests)
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
    }

    /// Reads documents that name their next one in `Link`.
    private func pages<Page: Decodable>(
        from start: String,
        in repository: RegistryRepository,
        _ wanted: String
    ) throws(TareError) -> [Page] {
        var found: [Page] = []
        var next: String? = start
        // A registry whose pages lead in a circle must not keep us for ever.
        while let address = next, found.count < 10_000 {
            let answer = try send(HTTPRequest(.get, address), to: repository, scopes: [scope(repository, .pull)])
            guard answer.isSuccess else { throw failure(of: answer, subject: repository.description, wanted) }
            do {
                found.append(try JSONDecoder().decode(Page.self, from: Data(answer.body)))
            } catch {
                throw TareError(.corrupt, subject: address, "\(wanted): the registry's answer is no such list")
            }
            next = answer.headers["Link"].flatMap(Self.nextLink).map { absolute($0, in: repository) }
        }
        return found
    }

    /// The target of `<target>; rel="next"`.
    static func nextLink(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">"),
            text[close...].contains("next")
        else { return nil }
        return String(text[text.index(after: open)..<close])
    }

    /// A location that may be relative to the registry.
    func absolute(_ location: String, in repository: RegistryRepository) -> String {
        if location.hasPrefix("http://") || location.hasPrefix("https://") { return location }
        return base(repository) + (location.hasPrefix("/") ? "" : "/") + location
    }
}
