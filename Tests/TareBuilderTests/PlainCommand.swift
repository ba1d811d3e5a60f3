import Subprocess

/// A line for the shell, run to its end.
enum PlainCommand {
    static func run(_ line: String) async throws -> Int32 {
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", line], output: .discarded, error: .discarded)
        if case .exited(let code) = result.terminationStatus { return Int32(code) }
        return -1
    }
}
