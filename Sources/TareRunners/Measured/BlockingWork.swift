import Glibc
import TareCore

/// Runs what blocks on a thread of its own, so that it takes none of the few threads that tasks run on.
enum BlockingWork {
    private final class Job {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` and waits for it without blocking the task's thread.
    ///
    /// - Throws: its error; `exhausted` where the system gives no thread.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(TareError) -> Value
    ) async throws(TareError) -> Value {
        let result: Result<Value, TareError> = await withCheckedContinuation { continuation in
            let failure = start {
                let result: Result<Value, TareError>
                do throws(TareError) { result = .success(try body()) } catch { result = .failure(error) }
                continuation.resume(returning: result)
            }
            if failure != 0 {
                continuation.resume(
                    returning: .failure(
                        TareError(.exhausted, subject: "thread", "cannot start a thread", errno: failure)))
            }
        }
        return try result.get()
    }

    /// Starts a thread that nobody waits for; 0 or the errno.
    private static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
        let job = Unmanaged.passRetained(Job(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, job.toOpaque())
        if failure == 0 { pthread_detach(thread) } else { job.release() }
        return failure
    }
}
