import TareCore
import TareLinux

extension DatasetText {
    /// Reads a dataset file.
    ///
    /// The samples are read byte by byte and the rest by the general decoder, which also reads everything where the
    /// samples are not as `bytes` writes them: its word counts, this is only faster.
    ///
    /// - Parameter path: the file.
    /// - Returns: the dataset.
    /// - Throws: `TareError` with the errno where it cannot be read; `corrupt` where it is no dataset.
    /// - Complexity: O(bytes); blocks for the reading.
    public static func read(at path: String) throws(TareError) -> Dataset {
        try read(try FileReading.bytes(at: path), subject: path)
    }

    /// Reads a dataset from the bytes of its file.
    ///
    /// - Parameters:
    ///   - bytes: one JSON document.
    ///   - subject: where it came from, for the error.
    /// - Returns: the dataset.
    /// - Throws: `corrupt` where it is no dataset.
    /// - Complexity: O(bytes).
    public static func read(_ bytes: [UInt8], subject: String) throws(TareError) -> Dataset {
        let parts = bytes.withUnsafeBufferPointer { try? Self.samples(in: $0) }
        guard let parts else {
            return try JSONText.decode(Dataset.self, from: String(decoding: bytes, as: UTF8.self), subject: subject)
        }
        let frame = Array(bytes[..<parts.range.lowerBound]) + Array("[]".utf8) + Array(bytes[parts.range.upperBound...])
        var dataset = try JSONText.decode(
            Dataset.self, from: String(decoding: frame, as: UTF8.self), subject: subject)
        dataset.samples = parts.samples
        return dataset
    }

    /// Finds the value of the key `samples` of the document's object and reads it.
    static func samples(
        in bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONScanner.Unknown) -> (range: Range<Int>, samples: [Sample]) {
        var scanner = JSONScanner(bytes)
        var found: (range: Range<Int>, samples: [Sample])?
        try scanner.expect(UInt8(ascii: "{"))
        repeat {
            let key = try scanner.string()
            guard !key.isEscaped else { throw JSONScanner.Unknown() }
            try scanner.expect(UInt8(ascii: ":"))
            guard scanner.holds(key.range, "samples") else {
                try scanner.skipValue()
                continue
            }
            guard found == nil else { throw JSONScanner.Unknown() }
            let start = scanner.place
            var reader = SampleScanner()
            let samples = try reader.samples(&scanner)
            found = (start..<scanner.place, samples)
        } while scanner.skip(UInt8(ascii: ","))
        try scanner.expect(UInt8(ascii: "}"))
        guard let found, scanner.next() == 0 else { throw JSONScanner.Unknown() }
        return found
    }
}
