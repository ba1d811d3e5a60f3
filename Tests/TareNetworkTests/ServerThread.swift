import Glibc
import Synchronization

/// A thread that runs until it is told to end.
final class ServerThread: Sendable {
    private final class State: Sendable {
        let over = Atomic(false)
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    @TaskLocal private static var current: State?
    private let state: State
    private let thread: pthread_t

    /// Whether the thread that asks has been told to end.
    static var isOver: Bool { current?.over.load(ordering: .relaxed) ?? true }

    init(_ body: @escaping @Sendable () -> Void) {
        let state = State(body)
        self.state = state
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let state = Unmanaged<State>.fromOpaque(argument).takeRetainedValue()
                ServerThread.$current.withValue(state) { state.body() }
                return nil
            },
            Unmanaged.passRetained(state).toOpaque()
        )
        self.thread = thread
    }

    func end() {
        state.over.store(true, ordering: .relaxed)
        pthread_join(thread, nil)
    }
}
