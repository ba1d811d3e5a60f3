import Glibc

/// A server that a test starts on a loopback port and that is ended, by its process id, when the value goes.
public final class ServerProcess: Sendable {
    /// Where it listens.
    public let port: UInt16
    /// Its process id.
    public let id: pid_t

    /// Starts a program and waits, at most ten seconds, until it accepts connections; `nil` where it does not.
    ///
    /// - Parameters:
    ///   - words: the program, looked for in PATH, and its arguments.
    ///   - port: where it will listen.
    ///   - log: a file for what it prints.
    public init?(_ words: [String], port: UInt16, log: String = "/dev/null") {
        self.port = port
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        var child: pid_t = 0
        guard posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else { return nil }
        id = child
        for _ in 0..<200 {
            if accepts(port: port) { return }
            var status: Int32 = 0
            if waitpid(child, &status, WNOHANG) == child { return nil }
            usleep(50_000)
        }
    }

    deinit { end(SIGKILL) }

    /// Ends it and waits for its end.
    public func end(_ signal: Int32 = SIGTERM) {
        // Waiting first would reap a process whose number may be somebody else's by the time of the signal.
        kill(id, signal)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    }
}
