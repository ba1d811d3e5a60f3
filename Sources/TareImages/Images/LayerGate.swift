import Glibc
import TareCore

/// Hands out layers in order to several threads, and lets a layer wait for the one below it.
final class LayerGate: @unchecked Sendable {
    // All fields but the two of the kernel's are only touched while `mutex` is held.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var upcoming: Int
    private let end: Int
    private var done: Set<Int> = []
    private(set) var failure: TareError?

    init(_ range: Range<Int>) {
        upcoming = range.lowerBound
        end = range.upperBound
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// The next layer to work on; `nil` where there is none or one has failed.
    func take() -> Int? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard failure == nil, upcoming < end else { return nil }
        upcoming += 1
        return upcoming - 1
    }

    /// Says that a layer is committed.
    func finish(_ layer: Int) {
        pthread_mutex_lock(mutex)
        done.insert(layer)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Says that one has failed; the first one counts.
    func fail(_ error: TareError) {
        pthread_mutex_lock(mutex)
        if failure == nil { failure = error }
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Waits until a layer is committed.
    ///
    /// - Throws: `cancelled` where another one has failed.
    func wait(for layer: Int) throws(TareError) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !done.contains(layer) {
            if failure != nil {
                throw TareError(.cancelled, subject: "layer \(layer)", "a layer below could not be unpacked")
            }
            pthread_cond_wait(changed, mutex)
        }
    }
}
