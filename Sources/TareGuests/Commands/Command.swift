import Subprocess
import TareCore

/// A program that is run to its end, with a fixed environment: nothing of the caller's settings leaks into a root.
struct Command: Sendable {
    var program: String
    var arguments: [String]
    /// Beside a plain `PATH`, `LC_ALL` and `HOME`.
    var environment: [String: String] = [:]

    /// How it ended.
    struct Ending: Sendable {
        var output: String
        var succeeded: Bool
    }

    private static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Runs it, standard error with standard output, and calls `onLine` with every line as it comes.
    ///
    /// When the task is cancelled the program is killed. Its standard input is empty and stays open until it has ended, so
    /// that it can see whether this process lives.
    ///
    /// - Parameter onLine: takes each line without its end.
    /// - Returns: what it printed and whether it ended with 0.
    /// - Throws: `unavailable` where it cannot be started, `cancelled`.
    func run(onLine: (String) -> Void = { _ in }) async throws(TareError) -> Ending {
        var variables: [Environment.Key: String] = ["PATH": Self.path, "LC_ALL": "C.UTF-8", "HOME": "/root"]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var output = ""
        do {
            let result = try await Subprocess.run(
                .name(program),
                arguments: Arguments(arguments),
                environment: .custom(variables),
                input: .inputWriter,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                for try await line in execution.standardOutput.strings() {
                    let text = line.trimmingLineEnd()
                    onLine(text)
                    output += text + "\n"
                }
            }
            if Task.isCancelled { throw TareError(.cancelled, subject: program, "stopped before it had finished") }
            return Ending(output: output, succeeded: result.terminationStatus.isSuccess)
        } catch let error as TareError {
            throw error
        } catch is CancellationError {
            throw TareError(.cancelled, subject: program, "stopped before it had finished")
        } catch {
            throw TareError(
                .unavailable,
                subject: program,
                "cannot run \(program): \(error)",
                hint: "Scripts/install names the Debian packages that are needed"
            )
        }
    }
}

extension String {
    func trimmingLineEnd() -> String {
        var text = self[...]
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
