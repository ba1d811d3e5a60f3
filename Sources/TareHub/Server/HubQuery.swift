/// The query of a request, decoded.
struct HubQuery {
    private var values: [(name: String, value: String)] = []

    /// Reads what follows the `?` of a path.
    init(_ text: Substring) {
        for part in text.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values.append((Self.decoded(sides[0]), sides.count > 1 ? Self.decoded(sides[1]) : ""))
        }
    }

    /// The first value of a name.
    subscript(_ name: String) -> String? { values.first { $0.name == name }?.value }

    /// All values of a name.
    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    /// Percent-decodes; a `+` stays one, since digests and types have it unencoded.
    private static func decoded(_ text: Substring) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == 37, at + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[at + 1...at + 2], as: UTF8.self), radix: 16)
            {
                out.append(byte)
                at += 3
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
