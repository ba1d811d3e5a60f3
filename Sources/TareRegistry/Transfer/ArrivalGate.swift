import Glibc
import TareCore

/// Lets threads wait for things that other threads bring, until one of them fails.
final class ArrivalGate<Thing: Hashable & Sendable>: @unchecked Sendable {
    // The set and the failure are only touched while `mutex` is held.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var here: Set<Thing> = []
    private var first: TareError?

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// The first failure, where there was one.
    var failure: TareError? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return first
    }

    /// Says that a thing is here.
    func arrive(_ thing: Thing) {
        pthread_mutex_lock(mutex)
        here.insert(thing)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Says that something failed; who waits is let go.
    func fail(_ error: TareError) {
        pthread_mutex_lock(mutex)
        first = first ?? error
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Waits for a thing.
    ///
    /// - Throws: the failure, where something failed first.
    func wait(for thing: Thing) throws(TareError) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !here.contains(thing) {
            if let first { throw first }
            pthread_cond_wait(changed, mutex)
        }
    }
}
