import Glibc
import TareCatalog
import TareCore
import TareLinux

/// One target of a prober with its socket, asked again until it answers; never blocks.
final class Conversation {
    /// A connection that the network does not even refuse is begun anew after this time, before the kernel's own second
    /// try, which comes after a second and would round every start up to it.
    static let patience: UInt64 = 20_000_000

    let target: ProbeTarget
    private(set) var outcome = ProbeOutcome()
    private var socket: Int32 = -1
    private var isConnected = false
    private var began: UInt64 = 0
    private var dialogue: Dialogue

    init(_ target: ProbeTarget) {
        self.target = target
        dialogue = Dialogue(target.readiness)
    }

    deinit { hangUp() }

    /// Whether there is an answer, or never will be one.
    var isOver: Bool { outcome.answered != nil || outcome.failure != nil }

    /// What to wait for; `nil` where the next try is a matter of time.
    var waitingFor: pollfd? {
        guard socket >= 0 else { return nil }
        return pollfd(fd: socket, events: Int16(isConnected ? POLLIN : POLLOUT), revents: 0)
    }

    /// Goes on as far as it can without waiting.
    ///
    /// - Parameter now: CLOCK_MONOTONIC in nanoseconds.
    func step(_ now: UInt64) {
        guard !isOver else { return }
        switch target.place {
        case .address(let address, let port): talk(address, port, now)
        case .file(let path): read(path)
        }
        guard !isOver else { return }
        if now >= target.deadline {
            outcome.failure = "no answer in time; asked \(outcome.tries) times"
        } else if target.process > 0, outcome.tries % 64 == 0, kill(target.process, 0) != 0, errno == ESRCH {
            outcome.failure = "its process ended before it answered"
        }
        if isOver { hangUp() }
    }

    private func read(_ path: String) {
        outcome.tries += 1
        guard let bytes = try? FileReading.bytes(at: path) else { return }
        var fresh = Dialogue(target.readiness)
        guard fresh.take(bytes[...]) == .answered else { return }
        let moment = HostClock.monotonicNanoseconds()
        outcome.accepted = moment
        outcome.answered = moment
    }

    private func talk(_ address: String, _ port: Int, _ now: UInt64) {
        if socket < 0 { call(address, port, now) }
        guard socket >= 0 else { return }
        if !isConnected {
            guard hasConnected() else {
                if socket >= 0, now > began + Self.patience { hangUp() }
                return
            }
            isConnected = true
            if outcome.accepted == nil { outcome.accepted = HostClock.monotonicNanoseconds() }
            send(dialogue.opening)
        }
        listen()
    }

    private func call(_ address: String, _ port: Int, _ now: UInt64) {
        outcome.tries += 1
        dialogue = Dialogue(target.readiness)
        isConnected = false
        began = now
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(UInt16(clamping: port).bigEndian)
        guard inet_pton(AF_INET, address, &place.sin_addr) == 1 else {
            outcome.failure = "its address, \(address), is no IPv4 address"
            return
        }
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        socket = Glibc.socket(AF_INET, flags, 0)
        guard socket >= 0 else { return }
        let result = withUnsafePointer(to: place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0, errno != EINPROGRESS { hangUp() }
    }

    private func hasConnected() -> Bool {
        var poll = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
        guard Glibc.poll(&poll, 1, 0) == 1 else { return false }
        var failure: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &length)
        if failure != 0 { hangUp() }
        return failure == 0
    }

    private func send(_ bytes: [UInt8]) {
        // Some hundred bytes into an empty buffer are taken whole or not at all.
        if Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) != bytes.count { hangUp() }
    }

    private func listen() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while socket >= 0 {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            guard count > 0 else { return hangUp() }
            switch dialogue.take(buffer[..<count]) {
            case .waiting: continue
            case .send(let bytes): send(bytes)
            case .refused: hangUp()
            case .answered:
                outcome.answered = HostClock.monotonicNanoseconds()
                hangUp()
            }
        }
    }

    private func hangUp() {
        if socket >= 0 { close(socket) }
        socket = -1
    }
}
