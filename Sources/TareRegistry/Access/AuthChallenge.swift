/// What a server asks for in `WWW-Authenticate`: a scheme and its parameters (RFC 9110, section 11.6.1).
struct AuthChallenge: Hashable {
    /// In lower case: `basic`, `bearer`.
    var scheme: String
    /// By name in lower case.
    var parameters: [String: String]

    /// Reads one header value, which may hold several challenges.
    ///
    /// What cannot be read ends the list: a server's odd header must not stop a client that can do without it.
    static func all(in text: String) -> [AuthChallenge] {
        var found: [AuthChallenge] = []
        var scan = Scan(text)
        while true {
            scan.skip(" \t,")
            guard let word = scan.token() else { return found }
            scan.skip(" \t")
            if scan.take("="), !found.isEmpty {
                scan.skip(" \t")
                guard let value = scan.value() else { return found }
                found[found.count - 1].parameters[word.lowercased()] = value
            } else {
                found.append(AuthChallenge(scheme: word.lowercased(), parameters: [:]))
            }
        }
    }

    private struct Scan {
        private let text: [UInt8]
        private var at = 0

        init(_ text: String) { self.text = Array(text.utf8) }

        mutating func skip(_ set: String) {
            while at < text.count, set.utf8.contains(text[at]) { at += 1 }
        }

        mutating func take(_ character: Character) -> Bool {
            guard at < text.count, text[at] == character.asciiValue else { return false }
            at += 1
            return true
        }

        mutating func token() -> String? {
            let start = at
            while at < text.count, !" \t,=\"".utf8.contains(text[at]) { at += 1 }
            return start == at ? nil : String(decoding: text[start..<at], as: UTF8.self)
        }

        mutating func value() -> String? {
            guard take("\"") else { return token() }
            var value: [UInt8] = []
            while at < text.count {
                if text[at] == UInt8(ascii: "\"") {
                    at += 1
                    return String(decoding: value, as: UTF8.self)
                }
                if text[at] == UInt8(ascii: "\\"), at + 1 < text.count { at += 1 }
                value.append(text[at])
                at += 1
            }
            return nil
        }
    }
}
