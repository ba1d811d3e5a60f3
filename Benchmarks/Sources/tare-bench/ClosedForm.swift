import TareSimulation

/// A queue of which theory knows a mean exactly; services have mean one second.
enum ClosedForm: String, CaseIterable, Sendable {
    case mm1 = "M/M/1"
    case mmc = "M/M/3"
    case md1 = "M/D/1"
    case shared = "M/G/1-PS"
    case lossM = "Erlang B, M/M/4/4"
    case lossG = "Erlang B, M/G/4/4"

    /// Customers of a replication, and those of them that are counted.
    static let customers = 260
    static let counted = 30..<230

    var servers: Int {
        switch self {
        case .mm1, .md1, .shared: 1
        case .mmc: 3
        case .lossM, .lossG: 4
        }
    }

    /// Arrivals a second.
    var offered: Double {
        switch self {
        case .mm1, .shared: 0.3
        case .md1: 0.4
        case .mmc: 1.5
        case .lossM, .lossG: 3
        }
    }

    var loses: Bool { self == .lossM || self == .lossG }

    var isShared: Bool { self == .shared }

    /// The exact mean stay in seconds, or the exact share lost.
    var exact: Double {
        switch self {
        case .mm1, .shared: 1 / (1 - offered)
        case .md1: 1 + offered / (2 * (1 - offered))
        case .mmc:
            1 + Self.erlangB(3, offered) / (1 - offered / 3 * (1 - Self.erlangB(3, offered))) / (3 - offered)
        case .lossM, .lossG: Self.erlangB(4, offered)
        }
    }

    /// A service: exponential, fixed, or one of two exponentials (squared coefficient of variation 1.5).
    func draw(_ random: inout RandomStream) -> Double {
        switch self {
        case .mm1, .mmc, .lossM: random.exponential()
        case .md1: 1
        case .shared, .lossG: random.exponential(mean: random.chance(0.5) ? 0.5 : 1.5)
        }
    }

    /// Erlang's loss formula by its recursion.
    static func erlangB(_ servers: Int, _ offered: Double) -> Double {
        (1...servers).reduce(1.0) { offered * $0 / (Double($1) + offered * $0) }
    }
}
