import Glibc
import TareCore
import TareLinux
import TareNetwork

/// A process of its own for what a test cannot do in its own: be killed, be one of several, and be weighed.
///
///     network-trial churn ROOT HOST HELPER SEED     attaches and detaches until it is killed
///     network-trial cost ROOT HOST COUNT [HELPER]   what attaching COUNT containers took, a line each
///     network-trial many ROOT HOST COUNT            attaches COUNT containers and asks each for a closed port
///     network-trial ip HOST COUNT                   the same work by four `ip` processes a container
@main
struct NetworkTrial {
    static func main() {
        let words = CommandLine.arguments
        do {
            switch words.count > 1 ? words[1] : "" {
            case "churn": try churn(words)
            case "cost": try cost(words)
            case "many": try many(words)
            case "ip": try processes(words)
            default: exit(64)
            }
        } catch {
            print("error: \(error)")
            exit(1)
        }
    }

    private static func store(_ root: String, _ host: String, helper: String?) throws(TareError) -> NetworkStore {
        var settings = NetworkSettings()
        settings.hostNamespace = host
        settings.helper = helper
        return try NetworkStore(root: root, settings: settings)
    }

    private static func churn(_ words: [String]) throws {
        let store = try store(words[2], words[3], helper: words[4])
        var random = (UInt64(words[5]) ?? 1) | 1
        while true {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let container = "c\(random >> 61)"
            do throws(TareError) {
                _ = try store.attach(container: container, network: "bridge", ports: PortRequest.parse("80"))
            } catch {
                guard error.code == .exists else { throw error }
                try store.detach(container: container)
            }
        }
    }

    private static func cost(_ words: [String]) throws {
        let store = try store(words[2], words[3], helper: words.count > 5 ? words[5] : nil)
        let count = Int(words[4]) ?? 1
        // The first one makes bridge, tables and chains; it is not one of those that are counted.
        let first = try store.attachCounting(container: "first", network: "bridge", ports: PortRequest.parse("80"))
        print("first messages=\(first.count.messages) netlink_calls=\(first.count.systemCalls)")
        let slab = slabKibibytes()
        let before = Usage()
        var messages = 0
        var calls = 0
        for number in 0..<count {
            let result = try store.attachCounting(
                container: "c\(number)",
                network: "bridge",
                ports: PortRequest.parse("80")
            )
            messages += result.count.messages
            calls += result.count.systemCalls
        }
        let after = Usage()
        let kept = slabKibibytes() - slab
        for number in 0..<count { try store.detach(container: "c\(number)") }
        let end = Usage()
        try store.detach(container: "first")
        report(
            "attach", count, before, after,
            "messages=\(messages / count) netlink_calls=\(calls / count) slab_kib=\(kept / count)")
        report("detach", count, after, end, "")
    }

    private static func many(_ words: [String]) throws {
        let store = try store(words[2], words[3], helper: nil)
        let all = try (0..<(Int(words[4]) ?? 1)).map { number in
            try store.attach(container: "c\(number)", network: "bridge")
        }
        // The kernel of a container that has no server refuses at once; one that is not reached says nothing.
        let reached = try NetworkNamespace(opening: words[3]).run { () throws(TareError) in
            all.filter { $0.address.map(refuses) ?? false }.count
        }
        for attachment in all { try store.detach(container: attachment.container) }
        print("attached=\(all.count) bridges=\(Set(all.map(\.gateway)).count) reached=\(reached)")
    }

    private static func refuses(_ address: IPAddress) -> Bool {
        let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(raw) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = UInt16(9).bigEndian
        withUnsafeMutableBytes(of: &target.sin_addr) { $0.copyBytes(from: address.bytes) }
        let result = withUnsafePointer(to: target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result != 0 && errno == ECONNREFUSED
    }

    private static func processes(_ words: [String]) throws {
        let count = Int(words[3]) ?? 1
        try NetworkNamespace(opening: words[2]).run { () throws(TareError) in
            let before = Usage()
            for number in 0..<count {
                let name = "trial\(number)"
                run(["ip", "netns", "add", name])
                run(["ip", "link", "add", "tt\(number)", "type", "veth", "peer", "name", "eth0", "netns", name])
                run(["ip", "link", "set", "tt\(number)", "up"])
                run(["ip", "-n", name, "address", "add", "10.200.0.\(number + 2)/16", "dev", "eth0"])
            }
            let after = Usage()
            for number in 0..<count { run(["ip", "netns", "delete", "trial\(number)"]) }
            report("ip", count, before, after, "")
        }
    }

    private static func run(_ words: [String]) {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        guard posix_spawnp(&child, words[0], nil, nil, &arguments, environ) == 0 else { return }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        if status != 0 { print("failed: \(words)") }
    }

    private static func report(_ what: String, _ count: Int, _ from: Usage, _ to: Usage, _ more: String) {
        let cpu = (to.cpu - from.cpu) / count
        let wall = (to.wall - from.wall) / count
        print("\(what) count=\(count) cpu_us=\(cpu) wall_us=\(wall) \(more)")
    }

    private static func slabKibibytes() -> Int {
        guard let text = try? FileReading.text(at: "/proc/meminfo") else { return 0 }
        for line in text.split(separator: "\n") where line.hasPrefix("Slab:") {
            return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
        }
        return 0
    }
}

/// Microseconds of this process and its ended children, and of the clock.
private struct Usage {
    let cpu: Int
    let wall = Int(HostClock.monotonicNanoseconds() / 1000)

    init() {
        func microseconds(_ time: timeval) -> Int { Int(time.tv_sec) * 1_000_000 + Int(time.tv_usec) }
        var own = rusage()
        var children = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &children)
        cpu =
            microseconds(own.ru_utime) + microseconds(own.ru_stime) + microseconds(children.ru_utime)
            + microseconds(children.ru_stime)
    }
}
