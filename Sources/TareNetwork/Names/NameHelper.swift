import Glibc
import TareCore
import TareLinux

/// The `tare-net` process of one network, spoken to over its socket.
///
/// One process a network, of a few hundred KiB, that lives as long as the network has containers: there is no daemon that
/// could answer, and /etc/hosts of a running container cannot tell of those that come later. See Docs/Decisions/0230.
struct NameHelper {
    /// The folder of its socket.
    let folder: String
    /// The socket's name without its ending; short, since a socket's path is limited to 107 bytes.
    let mark: String

    var socketPath: String { PathText.join(folder, "\(mark).sock") }

    /// Sends one message; `nil` where nobody is there.
    ///
    /// - Parameter message: lines, as `Sources/tare-net/main.c` describes them.
    /// - Returns: `true`, or `nil` where the process is not running.
    /// - Throws: what the helper could not do.
    func send(_ message: String) throws(TareError) -> Bool? {
        let holder = try OwnedFileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY)
        let raw = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { throw .system("cannot make a socket", subject: mark, errno: errno) }
        let file = OwnedFileDescriptor(taking: raw, path: socketPath)
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var own = sockaddr_un()
        own.sun_family = sa_family_t(AF_UNIX)
        // By the folder's descriptor, since the store's path may be longer than a socket's may.
        let path = "/proc/self/fd/\(holder.raw)/\(mark).sock"
        withUnsafeMutableBytes(of: &own.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107))) }
        let connected = withUnsafePointer(to: own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard connected else {
            if errno == ENOENT || errno == ECONNREFUSED { return nil }
            throw .system("cannot reach the network's helper", subject: socketPath, errno: errno)
        }
        guard Glibc.send(file.raw, message, message.utf8.count, Int32(MSG_NOSIGNAL)) == message.utf8.count else {
            throw .system("cannot tell the network's helper", subject: socketPath, errno: errno)
        }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = recv(file.raw, &buffer, buffer.count, 0)
        let answer = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        if answer == "ok" { return true }
        throw TareError(
            .unavailable,
            subject: mark,
            "the network's helper cannot do it: \(answer.isEmpty ? "it does not answer" : answer)",
            hint: "see who else listens there with `ss -lntup`"
        )
    }

    /// Starts the process in the calling thread's network namespace and waits until it answers.
    ///
    /// - Parameter program: the path of `tare-net`.
    /// - Throws: `unavailable` with what it says.
    func start(_ program: String) throws(TareError) {
        var ends: [Int32] = [0, 0]
        // A pair of sockets is closed for other programs from the start; Swift's Glibc has no pipe2.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw .system("cannot make a pair of sockets", subject: program, errno: errno)
        }
        let reading = OwnedFileDescriptor(taking: ends[0], path: program)
        var number: pid_t = 0
        let failure: Int32
        do {
            let writing = OwnedFileDescriptor(taking: ends[1], path: program)
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, writing.raw, 2)
            var words: [UnsafeMutablePointer<CChar>?] = [program, folder, mark].map { (word: String) in strdup(word) }
            words.append(nil)
            defer { for word in words { free(word) } }
            // No environment: nothing of the user's reaches a process that outlives the command.
            var environment: [UnsafeMutablePointer<CChar>?] = [nil]
            failure = posix_spawn(&number, program, &actions, nil, &words, &environment)
        }
        guard failure == 0 else { throw .system("cannot start the network's helper", subject: program, errno: failure) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while true {
            let count = read(reading.raw, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            text += buffer.prefix(count)
        }
        var status: Int32 = 0
        while waitpid(number, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw TareError(
                .unavailable,
                subject: program,
                "cannot start the network's helper: \(String(decoding: text, as: UTF8.self))"
            )
        }
    }
}
