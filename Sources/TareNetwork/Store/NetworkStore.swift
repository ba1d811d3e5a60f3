import Glibc
import TareCore
import TareLinux

/// Networks and who is attached to them, kept in a folder; no process has to run for it.
///
///     ROOT/networks/NAME.json            what was asked for; brought to the disk
///     RUN/attachments/CONTAINER/NAME     one container in one network
///     RUN/addresses/NAME/10.96.0.2       a taken address; the file's text is the container
///     RUN/ports/tcp/8080/0.0.0.0         a taken port; the same
///     RUN/netns/CONTAINER                its network namespace, mounted here
///     RUN/names/MARK.sock                the socket of a network's helper
///
/// A reservation is a file that only one process can make, so that several commands at once never get the same address, and
/// a kill leaves at most a file that `repair()` takes away. Attachments end with the kernel's own state, so they are not
/// brought to the disk: RUN is /run/tare/network for the usual root, where they end with the machine's run as well, and
/// ROOT for any other.
///
/// Every call blocks; none needs a daemon. Root is needed for all that touches the kernel.
public struct NetworkStore: Sendable {
    /// The folder of what survives a restart of the machine.
    public let root: String
    /// The folder of what does not.
    public let run: String
    /// The surroundings.
    public let settings: NetworkSettings
    /// The name of its nftables tables: one store never touches another's.
    public let table: String

    /// A store in a folder, which is made.
    ///
    /// - Parameters:
    ///   - root: the folder, `<state>/network`.
    ///   - settings: the surroundings.
    /// - Throws: `TareError` where the folder cannot be made.
    public init(root: String, settings: NetworkSettings = NetworkSettings()) throws(TareError) {
        self.root = root
        self.settings = settings
        table = "tare-\(NameHash.hex(root, digits: 6))"
        let isUsual = root.hasPrefix("/var/lib/tare/") && FileReading.exists("/run")
        run = settings.runFolder ?? (isUsual ? "/run/tare/" + root.dropFirst("/var/lib/tare/".count) : root)
        for folder in ["networks", "attachments", "addresses", "ports", "netns", "names"] {
            try FolderMaking.make(path(folder))
        }
    }

    func path(_ parts: String...) -> String {
        parts.reduce(parts.first == "networks" ? root : run) { PathText.join($0, $1) }
    }

    /// Held by whoever changes reservations or the parts that containers share; for microseconds to milliseconds.
    func reserving() throws(TareError) -> FileLock { try FileLock(path("reserve.lock"), waiting: true) }

    /// Held together with others by attach and detach from begin to end, and alone by the repair, which therefore never
    /// takes a live command's half-made work for a dead one's.
    func working() throws(TareError) -> FileLock { try FileLock(path("work.lock"), exclusive: false, waiting: true) }

    /// Runs `body` in the namespace of bridges and rules.
    func inHost<Value>(_ body: () throws(TareError) -> Value) throws(TareError) -> Value {
        guard let path = settings.hostNamespace else { return try body() }
        return try NetworkNamespace(opening: path).run(body)
    }

    /// Refuses a name that would be no file name, or could be taken for an option.
    static func check(_ name: String, what: String) throws(TareError) {
        let plain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_.-".utf8.contains(byte)
        }
        guard plain, let first = name.utf8.first, !"_.-".utf8.contains(first), name.utf8.count <= 128 else {
            throw TareError(
                .usage,
                subject: name,
                "cannot use it as the name of \(what)",
                hint: "begin with a letter or digit; go on with letters, digits, \"_\", \".\" or \"-\", 128 at most"
            )
        }
    }
}
