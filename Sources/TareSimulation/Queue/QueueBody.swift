/// What the queue of pending events is made of.
///
/// All bodies deliver in the same total order.
public enum QueueBody: String, Hashable, Sendable, CaseIterable {
    /// A heap while few events are pending, a ladder while many are.
    case automatic

    /// A 4-ary heap only.
    case heap

    /// A ladder only.
    case ladder
}
