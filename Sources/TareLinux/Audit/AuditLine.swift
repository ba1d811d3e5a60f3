/// One fact about the machine, with what it means for measuring.
public struct AuditLine: Codable, Sendable, Hashable {
    /// The word at the line's head.
    public enum Status: String, Codable, Sendable, CaseIterable {
        /// Nothing to say against it.
        case ok
        /// It works, but results may be worse than they look.
        case warn
        /// It is not there, or the kernel does not tell.
        case missing
    }

    /// A stable word: `kvm`, `cpu.governor`, `tool.debootstrap`.
    public var id: String
    /// The word at the line's head.
    public var status: Status
    /// What was found.
    public var value: String
    /// What it means or what to do, where there is something to say.
    public var advice: String?

    /// Makes a line.
    public init(_ id: String, _ status: Status, _ value: String, advice: String? = nil) {
        self.id = id
        self.status = status
        self.value = value
        self.advice = advice
    }
}
