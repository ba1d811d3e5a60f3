/// A claim as a scenario states it: the words, the quantity that makes them testable, and the band.
public struct DeclaredClaim: Codable, Sendable, Hashable {
    /// A short id: `os-share-disk`.
    public var id: String
    /// The claim as it was said.
    public var text: String
    /// The quantity as an expression: `share(os, disk.used, per=instance)`.
    public var quantity: String
    /// The lower and the upper edge as shares of 0 to 1; empty where nobody set a number.
    public var band: [Double]
    /// The cells that it is about: for a swept name its values or ranges as text; empty means all.
    public var scope: [String: [String]]

    /// Makes a claim.
    public init(id: String, text: String, quantity: String, band: [Double], scope: [String: [String]] = [:]) {
        self.id = id
        self.text = text
        self.quantity = quantity
        self.band = band
        self.scope = scope
    }
}
