/// How a layer is written.
public struct LayerOptions: Hashable, Sendable {
    /// How it is packed.
    public var compression: Compression
    /// The level; `nil` for the usual one: 6 for gzip, 3 for zstd.
    public var level: Int?
    /// The newest time that an entry may have, in seconds since 1970: `SOURCE_DATE_EPOCH`; `nil` keeps all times.
    public var latestTime: Int64?
    /// The time that every entry gets, in seconds since 1970; `nil` keeps them.
    public var fixedTime: Int64?

    /// Makes options; by default gzip, and times as they are.
    public init(
        compression: Compression = .gzip, level: Int? = nil, latestTime: Int64? = nil, fixedTime: Int64? = nil
    ) {
        self.compression = compression
        self.level = level
        self.latestTime = latestTime
        self.fixedTime = fixedTime
    }
}
