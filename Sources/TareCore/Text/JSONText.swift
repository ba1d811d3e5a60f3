import FoundationEssentials

/// JSON as Tare writes it: sorted keys, no escaped slashes, the same bytes for the same value.
public enum JSONText {
    /// `value` as one JSON document.
    ///
    /// - Parameters:
    ///   - value: what to write.
    ///   - pretty: indented for people; otherwise one line, fit for a JSON-lines file.
    ///   - snakeKeys: writes `exitCode` as `exit_code`; keys of dictionaries stay as they are.
    /// - Returns: the document, without a final newline.
    /// - Throws: `TareError.internal` where the value cannot be written (a not-a-number, say).
    public static func encode(
        _ value: some Encodable,
        pretty: Bool = true,
        snakeKeys: Bool = false
    ) throws(TareError) -> String {
        let encoder = JSONEncoder()
        if snakeKeys { encoder.keyEncodingStrategy = .convertToSnakeCase }
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw TareError(.internal, subject: "JSON", "cannot write the value: \(error)")
        }
    }

    /// Reads one JSON document.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - text: the document.
    ///   - subject: the file that it came from, for the error.
    /// - Returns: the value.
    /// - Throws: `TareError.corrupt` where it is not that.
    public static func decode<Value: Decodable>(
        _ type: Value.Type,
        from text: String,
        subject: String
    ) throws(TareError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw TareError(.corrupt, subject: subject, "cannot read the JSON document: \(error)")
        }
    }
}
