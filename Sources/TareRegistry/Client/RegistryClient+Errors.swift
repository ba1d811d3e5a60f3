import FoundationEssentials
import TareCore

extension RegistryClient {
    /// The error that an answer means: the registry's own words where it has some.
    ///
    /// - Parameters:
    ///   - answer: not a 2xx.
    ///   - subject: what it was about.
    ///   - wanted: what was wanted: "cannot read the manifest".
    /// - Returns: the error.
    func failure(of answer: HTTPResponse, subject: String, _ wanted: String) -> TareError {
        struct Body: Decodable {
            struct Item: Decodable {
                var code: String?
                var message: String?
            }
            var errors: [Item]?
        }
        let body = try? JSONDecoder().decode(Body.self, from: Data(answer.body))
        let words = (body?.errors ?? []).map { item in
            [item.code, item.message].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
        }
        let reason =
            words.isEmpty ? "status \(answer.status)" : "status \(answer.status), " + words.joined(separator: "; ")
        let (code, hint): (TareError.Code, String?) =
            switch answer.status {
            case 401, 403: (.noPermission, "`tare image login` keeps a user's name and secret for a registry")
            case 404: (.notFound, "see that the name and tag are right")
            case 400, 405, 416: (.invalid, nil)
            case 413, 507: (.exhausted, nil)
            case 429: (.exhausted, "the registry asks to wait; repeat the command later")
            default: (.unavailable, nil)
            }
        return TareError(code, subject: subject, "\(wanted): \(reason)", hint: hint)
    }
}
