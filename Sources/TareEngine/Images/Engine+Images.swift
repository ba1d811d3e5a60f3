import TareCore
import TareImages
import TareOCI

extension Engine {
    /// Removes an image's name, or all names of an id; its layers go with the next collection, where nothing else has them.
    ///
    /// - Parameters:
    ///   - word: a name or an id.
    ///   - force: removes several names of one id, and a last name on which containers stand; those keep their layers.
    /// - Returns: the names that are gone.
    /// - Throws: `notFound`; `invalid` where `force` is needed.
    public func removeImage(_ word: String, force: Bool = false) throws(TareError) -> [String] {
        let image = try images.image(word)
        let all = try images.names.list().filter { $0.target.digest == image.target.digest }.map(\.name)
        let exact = (try? ImageReference(word).description).flatMap { name in all.contains(name) ? name : nil }
        let going = exact.map { [$0] } ?? all
        guard going.count < 2 || force else {
            throw TareError(
                .invalid,
                subject: word,
                "cannot remove the image: it has \(going.count) names (\(going.prefix(3).joined(separator: ", ")))",
                hint: "remove it by name, or use --force for all of them"
            )
        }
        let users = try list().filter { $0.imageID == image.id }
        guard users.isEmpty || force || going.count < all.count else {
            throw TareError(
                .invalid,
                subject: word,
                "cannot remove the image: \(users.count == 1 ? "a container stands" : "\(users.count) containers stand") on it"
                    + " (\(users.prefix(3).map(\.name).joined(separator: ", ")))",
                hint: "remove the containers first, or use --force: they keep their layers"
            )
        }
        for name in going {
            try images.names.remove(name)
            events.add(.image, "untag", name)
        }
        return going
    }

    /// Notes an event that this process has brought about by other means than the engine's.
    public func record(
        _ kind: EngineEvent.Kind,
        _ action: String,
        _ subject: String,
        _ attributes: [String: String] = [:]
    ) { events.add(kind, action, subject, attributes) }
}
