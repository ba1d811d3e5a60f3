import FoundationEssentials
import Glibc

/// Runs a Python script over a JSON document: for judges that are not ours.
public enum PythonRun {
    /// Why it gave nothing.
    public struct Failure: Error, CustomStringConvertible {
        /// The exit code, or -1 where it could not start.
        public var status: Int32
        /// What it printed.
        public var output: String
        /// Both.
        public var description: String { "python3 ended with \(status): \(output)" }
    }

    /// Gives `script` two paths: `input` as JSON, and where to write its answer as JSON.
    ///
    /// - Parameters:
    ///   - type: what the answer is.
    ///   - script: reads `sys.argv[1]` and writes `sys.argv[2]`.
    ///   - input: what the script gets.
    /// - Returns: the answer.
    /// - Throws: `Failure` where the script fails.
    public static func json<Answer: Decodable>(
        _ type: Answer.Type, script: String, input: some Encodable
    ) throws -> Answer {
        let base = FileManager.default.temporaryDirectory.path + "/tare-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let paths = [".in", ".out", ".log"].map { base + $0 }
        defer { for path in paths { unlink(path) } }
        try JSONEncoder().encode(input).write(to: URL(filePath: paths[0]))
        let status = run(["-c", script, paths[0], paths[1]], output: paths[2])
        guard status == 0 else {
            throw Failure(status: status, output: (try? String(contentsOfFile: paths[2], encoding: .utf8)) ?? "")
        }
        return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: paths[1])))
    }

    /// Runs python3 to its end with both outputs in a file; -1 where it cannot start.
    static func run(_ arguments: [String], output: String) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words = (["/usr/bin/python3"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/usr/bin/python3", &actions, nil, &words, environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return (status >> 8) & 0xff
    }
}
