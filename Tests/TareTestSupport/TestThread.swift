import Glibc

/// A thread that can be waited for: for work that blocks while the test blocks too, which tasks on a machine of two CPUs
/// would wait for each other with.
public final class TestThread: @unchecked Sendable {
    private var thread = pthread_t()
    private let body: @Sendable () -> Void

    /// Starts it; the value must live until `join`.
    public init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
        pthread_create(
            &thread,
            nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<TestThread>.fromOpaque(pointer).takeUnretainedValue().body()
                return nil
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Waits for its end.
    public func join() { pthread_join(thread, nil) }
}
