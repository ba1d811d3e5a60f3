import CCrypt
import TareCore
import TareLinux

/// Names and hashed secrets, a line each as htpasswd and `openssl passwd` write them: `name:$2y$05$...`.
public struct HubUsers: Sendable {
    private let hashes: [String: String]

    /// Reads a file; empty lines and those that begin with `#` say nothing.
    ///
    /// - Throws: `invalid` with `file:line` where a line has no hash that libcrypt knows.
    public init(file: String) throws(TareError) {
        var hashes: [String: String] = [:]
        let lines = try FileReading.text(at: file, limit: 16 << 20).split(
            separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":"), line[line.index(after: colon)...].hasPrefix("$") else {
                throw TareError(
                    .invalid,
                    subject: "\(file):\(index + 1)",
                    "not a user: wanted name:$hash",
                    hint: "htpasswd -nB NAME, or openssl passwd -6, makes one"
                )
            }
            hashes[String(line[..<colon])] = String(line[line.index(after: colon)...])
        }
        self.hashes = hashes
    }

    /// Whether the secret is the user's.
    ///
    /// - Complexity: what the hash was made to cost, milliseconds to seconds; blocks.
    func accepts(_ user: String, _ secret: String) -> Bool {
        // An unknown name costs as much as a wrong secret, or names could be told by the time.
        let hash = hashes[user] ?? hashes.values.first ?? ""
        var data = crypt_data()
        guard let answer = crypt_r(secret, hash, &data) else { return false }
        let isSame = Self.equal(Array(String(cString: answer).utf8), Array(hash.utf8))
        return isSame && hashes[user] != nil
    }

    /// Compares in a time that does not depend on where two differ.
    static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        var difference: UInt8 = 0
        for (x, y) in zip(a, b) { difference |= x ^ y }
        return difference == 0
    }
}
