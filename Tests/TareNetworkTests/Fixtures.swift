import FoundationEssentials
import Glibc
import TareCore
import TareLinux

/// Small things that several tests need.
enum Fixtures {
    static func removeTree(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// Runs a program inside a namespace and returns what it prints.
    static func run(_ words: [String], in namespace: String) throws -> String {
        try NetworkNamespace(opening: namespace).run { () throws(TareError) in try run(words) }
    }

    /// Runs a program and returns what it prints; its failure is an error with that text.
    static func run(_ words: [String]) throws(TareError) -> String {
        let output = "/tmp/tare-output-\(getpid())-\(HostClock.monotonicNanoseconds())"
        defer { unlink(output) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
        guard failure == 0 else { throw .system("cannot run it", subject: words[0], errno: failure) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        let text = try FileReading.text(at: output)
        guard status == 0 else { throw TareError(.internal, subject: words[0], "it failed: \(text)") }
        return text
    }
}
