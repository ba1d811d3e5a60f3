import TareCore

/// Why a build failed: for good, or because the archive has moved on since its indexes were fetched.
enum OutdatedIndexes: Error {
    case outdated(TareError)
    case other(TareError)

    var failure: TareError {
        switch self {
        case .outdated(let error), .other(let error): error
        }
    }
}
