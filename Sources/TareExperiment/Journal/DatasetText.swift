import TareCore

/// Writes a dataset as the JSON that `Dataset` decodes: the samples by hand, everything else by the general encoder.
public enum DatasetText {
    /// The dataset as one JSON document: the same bytes for the same dataset.
    ///
    /// - Parameter dataset: with finite values only.
    /// - Returns: the document in UTF-8, with a final newline.
    /// - Throws: `TareError.internal` where a part cannot be written.
    /// - Complexity: O(samples).
    public static func bytes(_ dataset: Dataset) throws(TareError) -> [UInt8] {
        var rest = dataset
        rest.samples = []
        let frame = try JSONText.encode(rest, pretty: false)
        let mark = "\"samples\":[]"
        // The key is looked for from the end: the scenario's text, which may hold anything, comes after `samples`, where
        // its quotes are escaped, so the mark is found once.
        guard let place = range(of: Array(mark.utf8), in: Array(frame.utf8)) else {
            throw TareError(.internal, subject: dataset.run, "a dataset without a place for samples")
        }
        let text = Array(frame.utf8)
        var json = JSONLine()
        json.raw(json: String(decoding: text[..<place.lowerBound], as: UTF8.self))
        json.raw("\"samples\":")
        json.list(dataset.samples) { write($1, to: &$0) }
        json.raw(json: String(decoding: text[place.upperBound...], as: UTF8.self))
        json.raw("\n")
        return json.bytes
    }

    private static func write(_ sample: Sample, to json: inout JSONLine) {
        json.raw("\n{\"cell\":")
        json.string(sample.cell)
        json.raw(",\"replication\":")
        json.number(sample.replication)
        json.raw(",\"platform\":")
        json.string(sample.platform.rawValue)
        json.raw(",\"mode\":")
        json.string(sample.mode.rawValue)
        json.raw(",\"quantity\":")
        json.string(sample.quantity)
        json.raw(",\"unit\":")
        json.string(sample.unit)
        json.raw(",\"subject\":")
        json.string(sample.subject)
        if let owner = sample.owner {
            json.raw(",\"owner\":")
            json.string(owner.rawValue)
        }
        json.raw(",\"value\":")
        json.number(sample.value)
        json.raw(",\"evidence\":")
        json.string(sample.evidence.rawValue)
        if let denominator = sample.denominator {
            json.raw(",\"denominator\":")
            json.string(denominator)
        }
        json.raw("}")
    }

    private static func range(of needle: [UInt8], in text: [UInt8]) -> Range<Int>? {
        guard let first = needle.first, needle.count <= text.count else { return nil }
        for start in 0...(text.count - needle.count) where text[start] == first {
            if text[start..<start + needle.count].elementsEqual(needle) { return start..<start + needle.count }
        }
        return nil
    }
}
