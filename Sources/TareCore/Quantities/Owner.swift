/// Who a byte, a page or a second belongs to, in the order in which charts stack them from the bottom.
public enum Owner: String, Codable, Sendable, CaseIterable, Hashable, Comparable {
    /// The hypervisor, its process for a guest, or the container engine and its supervisor.
    case platform
    /// The operating system: kernel, base userland, services and all that they bring.
    case os
    /// The language runtime and the libraries that the application needs.
    case runtime
    /// The application and its data.
    case app
    /// What the running instance wrote.
    case writable

    /// Position in the stack, platform first.
    public var order: Int {
        switch self {
        case .platform: 0
        case .os: 1
        case .runtime: 2
        case .app: 3
        case .writable: 4
        }
    }

    /// Lower in the stack comes first.
    public static func < (left: Owner, right: Owner) -> Bool { left.order < right.order }
}
