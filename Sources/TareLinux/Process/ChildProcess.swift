import Glibc
import TareCore

/// Runs a short-lived program to its end and keeps what it printed; blocks, without polling and without a runtime of its
/// own.
///
/// For the programs that a container's start waits for, where every millisecond counts: posix_spawn, two pipes and one
/// wait. Long builds with output to follow line by line are for swift-subprocess.
public enum ChildProcess {
    /// How a program ended.
    public struct Ending: Sendable, Hashable {
        /// The exit status; 128 + signal where a signal ended it.
        public var status: Int32
        /// What it wrote to standard output, as UTF-8.
        public var output: String
        /// What it wrote to standard error, as UTF-8.
        public var errors: String

        /// Whether it ended with 0.
        public var succeeded: Bool { status == 0 }
    }

    /// The environment of a program that is given none: nothing of the caller's leaks into it.
    public static let plainEnvironment = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/",
    ]

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: its absolute path.
    ///   - arguments: what follows its name.
    ///   - environment: `NAME=value` each.
    ///   - input: what it reads from standard input; at most 64 KiB, which a pipe holds without a reader.
    ///   - extra: a descriptor that it gets as number 3.
    /// - Returns: the ending.
    /// - Throws: `notFound`, `noPermission` and the like where it cannot be started.
    public static func run(
        _ program: String,
        _ arguments: [String],
        environment: [String] = plainEnvironment,
        input: [UInt8] = [],
        extra: Int32? = nil
    ) throws(TareError) -> Ending {
        precondition(input.count <= 65_536, "a pipe without a reader holds 64 KiB")
        var inputPipe = try PipeEnds()
        var outputPipe = try PipeEnds()
        var errorPipe = try PipeEnds()
        try inputPipe.write(input)
        inputPipe.closeWriting()
        let child = try start(
            program,
            arguments,
            environment: environment,
            streams: [inputPipe.reading, outputPipe.writing, errorPipe.writing] + (extra.map { [$0] } ?? [])
        )
        inputPipe.closeReading()
        outputPipe.closeWriting()
        errorPipe.closeWriting()
        var texts: [[UInt8]] = [[], []]
        collect(outputPipe.reading, errorPipe.reading, into: &texts)
        return Ending(
            status: wait(child),
            output: String(decoding: texts[0], as: UTF8.self),
            errors: String(decoding: texts[1], as: UTF8.self)
        )
    }

    /// Starts a program and returns at once.
    ///
    /// - Parameters:
    ///   - program: its absolute path.
    ///   - arguments: what follows its name.
    ///   - environment: `NAME=value` each.
    ///   - streams: the descriptors that become its numbers 0, 1, 2 and so on.
    /// - Returns: its process id; the caller waits for it with `wait(_:)`.
    /// - Throws: `TareError` with the errno where it cannot be started.
    public static func start(
        _ program: String,
        _ arguments: [String],
        environment: [String] = plainEnvironment,
        streams: [Int32]
    ) throws(TareError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer {
            for word in words + variables { free(word) }
        }
        var child: pid_t = 0
        let failure = posix_spawn(&child, program, &actions, &attributes, &words, &variables)
        guard failure == 0 else { throw .system("cannot start the program", subject: program, errno: failure) }
        return child
    }

    /// Waits for a child of this process.
    ///
    /// - Parameter child: its process id.
    /// - Returns: the exit status; 128 + signal where a signal ended it; -1 where it is no child.
    public static func wait(_ child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            if errno != EINTR { return -1 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Reads both to their ends, whichever speaks first.
    private static func collect(_ out: Int32, _ error: Int32, into texts: inout [[UInt8]]) {
        var polls = [
            pollfd(fd: out, events: Int16(POLLIN), revents: 0), pollfd(fd: error, events: Int16(POLLIN), revents: 0),
        ]
        var bytes = [UInt8](repeating: 0, count: 16_384)
        while polls.contains(where: { $0.fd >= 0 }) {
            if poll(&polls, 2, -1) < 0 && errno != EINTR { return }
            for index in 0..<2 where polls[index].fd >= 0 && polls[index].revents != 0 {
                let count = read(polls[index].fd, &bytes, bytes.count)
                if count > 0 {
                    texts[index].append(contentsOf: bytes[..<count])
                } else if count == 0 || errno != EINTR {
                    polls[index].fd = -1
                }
            }
        }
    }
}
