import TareCore

/// When one instance reached each mark, in seconds after its request: a dictionary's use in 48 bytes.
public struct StartMarks: Sendable, Hashable, Sequence {
    private var seconds = (0.0, -1.0, -1.0, -1.0, -1.0, -1.0)

    /// Only the request, at zero.
    public init() {}

    /// The seconds of a mark; `nil` where it was not reached.
    public subscript(mark: StartMark) -> Double? {
        get {
            let value =
                switch mark {
                case .request: seconds.0
                case .spawned: seconds.1
                case .kernelEntry: seconds.2
                case .initStarted: seconds.3
                case .serviceReady: seconds.4
                case .firstResponse: seconds.5
                }
            return value < 0 ? nil : value
        }
        set {
            let value = newValue ?? -1
            switch mark {
            case .request: seconds.0 = value
            case .spawned: seconds.1 = value
            case .kernelEntry: seconds.2 = value
            case .initStarted: seconds.3 = value
            case .serviceReady: seconds.4 = value
            case .firstResponse: seconds.5 = value
            }
        }
    }

    /// The marks that were reached, in their order.
    public func makeIterator() -> Array<(StartMark, Double)>.Iterator {
        StartMark.allCases.compactMap { mark in self[mark].map { (mark, $0) } }.makeIterator()
    }

    /// Whether all marks are equal.
    public static func == (left: StartMarks, right: StartMarks) -> Bool { left.seconds == right.seconds }

    /// Hashes every mark.
    public func hash(into hasher: inout Hasher) {
        for mark in StartMark.allCases { hasher.combine(self[mark]) }
    }
}
