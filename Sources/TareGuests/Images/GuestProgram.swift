import CTareGuest
import Glibc
import TareCore
import TareLinux

/// A C program of a guest or of its emulator, compiled when it is first needed and kept by its source.
public enum GuestProgram: String, Sendable, CaseIterable {
    /// The plugin that counts instructions in QEMU: a shared object.
    case plugin
    /// What marks phases in a guest and prepares it: static.
    case initial = "tare-init"
    /// What prints memory nodes by libnuma: static.
    case nodes

    private var source: [UInt8] {
        let file =
            switch self {
            case .plugin: tare_guest_plugin()
            case .initial: tare_guest_init()
            case .nodes: tare_guest_nodes()
            }
        return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }

    private var flags: (before: [String], after: [String]) {
        switch self {
        case .plugin: (["-O2", "-shared", "-fPIC", "-fvisibility=hidden"], [])
        case .initial: (["-Os", "-static", "-s"], [])
        case .nodes: (["-Os", "-static", "-s"], ["-lnuma"])
        }
    }

    /// The compiled program.
    ///
    /// Blocks for half a second the first time; writes to `<cache>/programs`.
    ///
    /// - Parameter cache: the cache folder.
    /// - Returns: its path.
    /// - Throws: `unavailable` where no C compiler is installed or it fails.
    public func path(cache: String) throws(TareError) -> String {
        let source = source
        let flags = flags
        let folder = "\(cache)/programs"
        let key = try SHA256.digest(of: source + Array((flags.before + flags.after).joined(separator: " ").utf8))
        let program = "\(folder)/\(rawValue)-\(key.hex.prefix(16))"
        if FileReading.exists(program) { return program }
        guard let compiler = ToolSearch.find("gcc") ?? ToolSearch.find("cc") else {
            throw TareError(
                .unavailable, subject: rawValue, "cannot compile a guest's program: gcc is not installed",
                hint: "run Scripts/install, on Debian")
        }
        try FolderMaking.make(folder)
        let beside = "\(program).\(getpid()).\(HostClock.monotonicNanoseconds())"
        defer { _ = unlink(beside) }
        let ending = try ChildProcess.run(
            compiler, flags.before + ["-x", "c", "-o", beside, "-", "-x", "none"] + flags.after, input: source)
        guard ending.succeeded else {
            let text = ending.errors.split(separator: "\n").last { $0.contains("error") } ?? "gcc failed"
            throw TareError(
                .unavailable, subject: rawValue, "cannot compile a guest's program: \(text)",
                hint: "run Scripts/install, on Debian")
        }
        guard rename(beside, program) == 0 else {
            throw .system("cannot keep the program", subject: program, errno: errno, writing: true)
        }
        return program
    }
}
