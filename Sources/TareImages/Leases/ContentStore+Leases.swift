import FoundationEssentials
import Glibc
import TareCore
import TareLinux

extension ContentStore {
    /// Begins a lease that ends with the value, or with the process.
    ///
    /// - Parameter purpose: what for, for people who look into the folder.
    /// - Returns: the lease.
    /// - Throws: `TareError` with the errno.
    public func lease(_ purpose: String) throws(TareError) -> Lease {
        try folder.adding { () throws(TareError) in try Lease(in: folder, purpose: purpose) }
    }

    /// Opens or makes a lease that outlives the process.
    ///
    /// - Parameters:
    ///   - id: its name; the same name gives the same lease.
    ///   - until: when it ends by itself; `nil` for never. Decided when it is made.
    /// - Returns: the lease.
    /// - Throws: `TareError` with the errno.
    public func lastingLease(_ id: String, until: Date? = nil) throws(TareError) -> Lease {
        try folder.adding { () throws(TareError) in try Lease(lasting: id, in: folder, until: until) }
    }

    /// Ends a lasting lease; one that is not there is no failure.
    public func endLease(_ id: String) throws(TareError) {
        let path = folder.leases + "/" + Lease.lastingPrefix + (try StoreFolder.fileName(id))
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw .system("cannot end the lease", subject: id, errno: errno, writing: true)
    }
}
