import Glibc
import TareCore

/// Pieces that one thread fills and several threads read, each at its own pace and each all of them, without a copy.
///
///     filler ──> [ ][ ][x][x][x][ ] ──> reader 0 (tar)
///                                  └──> reader 1 (digest)
///
/// Every piece but the last one is full, so what is aligned in the stream is aligned in its piece.
final class PieceRing: @unchecked Sendable {
    // All counters are only touched while `mutex` is held; a piece belongs to the filler until it is counted as filled,
    // and to the readers until the last one has given it back.
    static let pieceSize = 1 << 18
    private static let pieceCount = 8

    private let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: pieceSize * pieceCount, alignment: 4096)
    private var lengths = [Int](repeating: 0, count: pieceCount)
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var filled = 0
    private var taken: [Int]
    private var isEnded = false
    private var failure: TareError?
    private var isAbandoned = false

    init(readers: Int) {
        taken = [Int](repeating: 0, count: readers)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
        memory.deallocate()
    }

    /// Fills pieces from `source` until its end, a failure, or until nobody reads any more.
    func fill(from source: any ByteInput) {
        do throws(TareError) {
            while let place = free() {
                let piece = UnsafeMutableRawBufferPointer(
                    rebasing: memory[place * Self.pieceSize..<(place + 1) * Self.pieceSize])
                let count = try source.fill(piece)
                publish(place, count)
                if count < piece.count { return }
            }
        } catch {
            locked {
                failure = error
                isEnded = true
            }
        }
    }

    /// Gives the piece that `reader` has back, and waits for the next one; `nil` is the end.
    ///
    /// The bytes are there until the next call.
    func next(reader: Int, first: Bool) throws(TareError) -> UnsafeRawBufferPointer? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if !first {
            taken[reader] += 1
            pthread_cond_broadcast(changed)
        }
        while taken[reader] == filled, !isEnded, !isAbandoned { pthread_cond_wait(changed, mutex) }
        if isAbandoned { return nil }
        if taken[reader] < filled {
            let place = taken[reader] % Self.pieceCount
            let start = place * Self.pieceSize
            return UnsafeRawBufferPointer(rebasing: memory[start..<start + lengths[place]])
        }
        if let failure { throw failure }
        return nil
    }

    /// Lets filler and readers end early: one of them has failed.
    func abandon() { locked { isAbandoned = true } }

    private func locked(_ body: () -> Void) {
        pthread_mutex_lock(mutex)
        body()
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    private func free() -> Int? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isAbandoned, filled - (taken.min() ?? filled) >= Self.pieceCount { pthread_cond_wait(changed, mutex) }
        return isAbandoned ? nil : filled % Self.pieceCount
    }

    private func publish(_ place: Int, _ count: Int) {
        locked {
            lengths[place] = count
            if count > 0 { filled += 1 }
            if count < Self.pieceSize { isEnded = true }
        }
    }
}
