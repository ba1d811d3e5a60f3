import TareCore

/// The name that a user gives a container: letters, digits and `_ . -` after a first letter or digit.
public enum ContainerName {
    /// Checks a name.
    ///
    /// - Throws: `usage` where it is none.
    public static func check(_ text: String) throws(TareError) {
        func isWord(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard let first = text.utf8.first, isWord(first), (2...128).contains(text.utf8.count),
            text.utf8.allSatisfy({ isWord($0) || "_.-".utf8.contains($0) })
        else {
            throw TareError(
                .usage,
                subject: text,
                "not a container's name",
                hint: "use 2 to 128 letters, digits and _ . - after a first letter or digit"
            )
        }
    }

    /// A name for a container that was given none: two words and, after the first tries, a number.
    ///
    /// - Parameters:
    ///   - id: decides the words, so that no further randomness is needed.
    ///   - attempt: from 0; another gives another name.
    /// - Returns: a name that `check` accepts.
    public static func made(from id: ContainerID, attempt: Int) -> String {
        let digits = Array(id.description.utf8)
        func number(_ at: Int) -> Int { digits[at..<at + 4].reduce(0) { $0 * 31 + Int($1) } }
        let name =
            "\(manners[number(attempt % 14 * 4) % manners.count])_\(things[number((attempt + 1) % 14 * 4) % things.count])"
        return attempt < 4 ? name : "\(name)_\(attempt)"
    }

    private static let manners = [
        "able", "brisk", "calm", "dense", "eager", "fair", "frugal", "gentle", "hollow", "idle", "just", "keen",
        "light",
        "lean", "modest", "nimble", "net", "open", "plain", "quiet", "rapid", "slim", "spare", "steady", "swift",
        "tidy",
        "true", "vast", "warm", "wise", "young", "zesty",
    ]

    private static let things = [
        "balance", "barrel", "basket", "beam", "bottle", "box", "bucket", "bushel", "can", "carat", "cask", "crate",
        "drum", "flask", "gauge", "grain", "gram", "hamper", "jar", "keg", "ladle", "ounce", "pallet", "pan", "parcel",
        "pint", "pouch", "sack", "scale", "stone", "tonne", "urn",
    ]
}
