/// How a guest's machine ended: each is a result, none is a failure of Tare's.
public enum GuestEnding: Sendable, Hashable {
    /// The guest powered off or reset itself.
    case finished
    /// Its kernel panicked, with its words.
    case panicked(String)
    /// It had no memory left, with its kernel's words.
    case outOfMemory(String)
    /// Tare stopped it.
    case stopped
    /// QEMU ended by a signal or with an error, with its last words.
    case emulatorFailed(status: Int32, String)

    /// For people.
    public var text: String {
        switch self {
        case .finished: "the guest ended by itself"
        case .panicked(let words): "the guest's kernel panicked: \(words)"
        case .outOfMemory(let words): "the guest ran out of memory: \(words)"
        case .stopped: "the guest was stopped"
        case .emulatorFailed(let status, let words): "QEMU ended with \(status): \(words)"
        }
    }
}
