import Glibc
import TareCore

/// A thread of its own for a stage of a pipeline, waited for before its owner goes on.
final class WorkerThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private var thread = pthread_t()
    private var isRunning = true

    init(_ body: @escaping @Sendable () -> Void) throws(TareError) {
        let work = Unmanaged.passRetained(Work(body))
        let failure = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        if failure != 0 {
            work.release()
            throw TareError(.exhausted, subject: "thread", "cannot start a thread", errno: failure)
        }
    }

    /// Waits for the end of the thread.
    func join() {
        if isRunning { pthread_join(thread, nil) }
        isRunning = false
    }

    deinit { join() }
}
