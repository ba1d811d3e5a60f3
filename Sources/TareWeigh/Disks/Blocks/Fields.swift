import TareCore

/// A block of bytes with integers at fixed places, each checked against the block's end.
struct Fields {
    let bytes: [UInt8]
    /// The file that it is from.
    let subject: String
    /// What the block is, for errors.
    let what: String

    /// The little-endian integer at `place`.
    func little<Value: FixedWidthInteger>(_ place: Int, as type: Value.Type = Value.self) throws(TareError) -> Value {
        Value(littleEndian: try load(place))
    }

    /// The big-endian integer at `place`.
    func big<Value: FixedWidthInteger>(_ place: Int, as type: Value.Type = Value.self) throws(TareError) -> Value {
        Value(bigEndian: try load(place))
    }

    /// The `count` bytes at `place`.
    func slice(_ place: Int, _ count: Int) throws(TareError) -> ArraySlice<UInt8> {
        guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else { throw outside(place) }
        return bytes[place..<place + count]
    }

    /// An error about this block.
    func corrupt(_ text: String) -> TareError { .corrupt(subject, "\(what): \(text)") }

    private func load<Value: FixedWidthInteger>(_ place: Int) throws(TareError) -> Value {
        guard place >= 0, place <= bytes.count - MemoryLayout<Value>.size else { throw outside(place) }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Value.self) }
    }

    private func outside(_ place: Int) -> TareError { corrupt("byte \(place) is outside its \(bytes.count) bytes") }
}
