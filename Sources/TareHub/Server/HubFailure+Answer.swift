import Hummingbird

extension HubFailure {
    private struct Document: Encodable {
        struct Item: Encodable {
            var code: String
            var message: String
            var detail: String?
        }
        var errors: [Item]
    }

    /// The specification's document of errors.
    var answer: Response {
        let item = Document.Item(code: code.rawValue, message: message)
        return HubExchange.document(Document(errors: [item]), status: status, headers: headers)
    }
}
