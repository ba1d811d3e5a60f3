import TareCore

/// One binary unit for a whole axis or table column, so that numbers beside each other compare at sight.
struct ByteUnit: Sendable, Hashable {
    /// `B`, `KiB`, `MiB`, ...
    let name: String
    /// Bytes in one.
    let bytes: Double

    /// The largest unit of which `maximum` is at least one.
    init(for maximum: Double) {
        var name = "B"
        var bytes = 1.0
        for next in ["KiB", "MiB", "GiB", "TiB", "PiB"] where maximum >= bytes * 1024 {
            name = next
            bytes *= 1024
        }
        self.name = name
        self.bytes = bytes
    }

    /// `value` bytes in this unit, three significant figures, without the unit's name.
    func text(_ value: Double) -> String { NumberText.significant(value / bytes) }
}
