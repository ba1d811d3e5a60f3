import Glibc
import TareCore

/// Runs a closure on a thread made for it, which ends with it.
///
/// A namespace belongs to a thread. A thread that entered one and went back to a pool would carry the next job there, so
/// such a thread is never shared and never reused.
enum DedicatedThread {
    private final class Job {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Runs `body` and waits for its end.
    ///
    /// - Parameter body: what to do; it runs while the caller waits.
    /// - Returns: its result.
    /// - Throws: its error; `exhausted` where no thread can be made.
    static func run<Value>(_ body: () throws(TareError) -> Value) throws(TareError) -> Value {
        var result: Result<Value, TareError>?
        let failure = withoutActuallyEscaping(body) { body in
            let job = Job {
                do throws(TareError) { result = .success(try body()) } catch { result = .failure(error) }
            }
            var thread = pthread_t()
            let raw = Unmanaged.passRetained(job)
            let failure = pthread_create(
                &thread,
                nil,
                { argument in
                    if let argument { Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue().body() }
                    return nil
                },
                raw.toOpaque()
            )
            if failure == 0 { pthread_join(thread, nil) }
            raw.release()
            return failure
        }
        guard failure == 0, let result else {
            throw .system("cannot start a thread", subject: "thread", errno: failure)
        }
        return try result.get()
    }
}
