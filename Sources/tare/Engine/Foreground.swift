import Glibc
import TareCore
import TareEngine
import TareLinux
import TareRuntime

/// Runs a container with this process's streams, to its end.
struct Foreground {
    let engine: Engine
    let id: ContainerID
    let options: ContainerOptions

    /// Starts it, carries its streams, waits, and removes it where it removes itself.
    ///
    /// - Returns: its exit code; 0 where the user left it running.
    func run(_ requested: TareRuntime.StartMark) throws(TareError) -> Int32 {
        SignalInbox.open()
        let slot = ConnectionSlot()
        do throws(TareError) {
            try engine.start(id, requested: requested) { (folder) throws(TareError) in try slot.connect(folder) }
        } catch {
            if options.removesItself { try? engine.remove(id) }
            throw error
        }
        let engine = engine
        let id = id
        let loop = AttachLoop(
            hasInput: options.hasInput,
            hasTerminal: options.hasTerminal,
            onSignal: { try? engine.kill(id, signal: $0) }
        )
        let ending = try slot.use { (connection) throws(TareError) in try loop.run(connection) }
        if ending == .left { return 0 }
        let code = try engine.wait(id)
        if options.removesItself {
            do throws(TareError) { try engine.remove(id) } catch { if error.code != .notFound { throw error } }
        }
        return code
    }
}

/// Holds the connection that is made in the middle of a start.
final class ConnectionSlot {
    private var connection: AttachConnection?

    func connect(_ folder: SupervisorFolder) throws(TareError) { connection = try AttachConnection(folder) }

    /// Runs `body` with the connection.
    func use<Result>(_ body: (borrowing AttachConnection) throws(TareError) -> Result) throws(TareError) -> Result {
        guard let taken = connection.take() else {
            throw TareError(.internal, subject: "attach", "the container was started without a client")
        }
        return try body(taken)
    }
}
