/// One layer of an image, lowest first.
struct TreeLayer: Sendable {
    /// The digest of its blob, or another name where it has none.
    var name: String
    /// The line of the recipe that made it, where the image tells.
    var createdBy: String?
    /// Bytes of its blob as it is transferred; `nil` where it is not compressed.
    var wire: Int64?
    /// Sum of the sizes of its regular files, those that a higher layer hides among them.
    var used: Int64
}
