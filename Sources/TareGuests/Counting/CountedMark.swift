import TareCore

/// What the counting plugin tells at a mark, and at the end.
public struct CountedMark: Sendable, Hashable {
    /// The number of the mark; `nil` at the end.
    public var number: Int?
    /// Everything executed until then.
    public var counts: InstructionCounts

    /// Reads a line of the plugin: `mark 3 FIRMWARE LOADER KERNEL USER`, `end 0 ...`.
    ///
    /// - Parameter line: the line without its end.
    /// - Throws: `corrupt` where it is none.
    init(_ line: String) throws(TareError) {
        let words = line.split(separator: " ")
        let numbers = words.dropFirst().compactMap { UInt64($0) }
        guard words.count == 6, numbers.count == 5, words[0] == "mark" || words[0] == "end" else {
            throw TareError(.corrupt, subject: "counting plugin", "cannot read the line \"\(line)\"")
        }
        number = words[0] == "mark" ? Int(numbers[0]) : nil
        counts = InstructionCounts(firmware: numbers[1], loader: numbers[2], kernel: numbers[3], user: numbers[4])
    }
}
