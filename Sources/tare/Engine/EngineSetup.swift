import ArgumentParser
import Glibc
import TareCore
import TareEngine
import TareImages
import TareLinux
import TareNetwork

/// The flags of every verb that opens the engine.
struct EngineFlags: ParsableArguments {
    @Option(help: ArgumentHelp("The OCI runtime: crun or runc.", visibility: .hidden))
    var runtime: String = Environment.nonEmpty("TARE_RUNTIME") ?? "crun"

    @Option(help: ArgumentHelp("How snapshots are kept: overlay, or copy for no sharing.", visibility: .hidden))
    var snapshots: String = Environment.nonEmpty("TARE_SNAPSHOTS") ?? "overlay"

    /// Opens the engine of this process's state folder and repairs what killed commands left.
    func engine() throws(TareError) -> Engine {
        let engine = try bareEngine()
        for failure in try engine.recover().failures { Output.note("warning: cannot repair \(failure)") }
        return engine
    }

    /// The same without the repair: for the verb that supervisors become, many at once.
    func bareEngine() throws(TareError) -> Engine {
        guard let kind = ImageLibrary.SnapshotKind(rawValue: snapshots) else {
            throw TareError(.usage, subject: "--snapshots \(snapshots)", "use overlay or copy")
        }
        guard ["crun", "runc"].contains(runtime) else {
            throw TareError(.usage, subject: "--runtime \(runtime)", "use crun or runc")
        }
        var settings = Engine.Settings()
        settings.snapshots = kind
        settings.runtime = runtime
        let own = try OwnProgram.again()
        settings.exitCommand = own + ["container", "ended"]
        settings.healthCommand = own + ["container", "health"]
        settings.network.hostNamespace = Environment.nonEmpty("TARE_NETNS")
        settings.network.helper = OwnProgram.beside("tare-net")
        return try Engine(state: try StateFolders.current().state, settings: settings)
    }
}

/// Where this program and those beside it are.
enum OwnProgram {
    /// The absolute path of the running program.
    static func path() throws(TareError) -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        guard count > 0 else { throw .system("cannot find this program", subject: "/proc/self/exe", errno: errno) }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// The words that start this program again from a supervisor, whose environment is empty: what it is to know of this
    /// one's is handed on by env(1).
    static func again() throws(TareError) -> [String] {
        var words = ["/usr/bin/env", "TARE_HOME=" + (try StateFolders.current().state)]
        for name in ["TARE_NETNS", "TARE_SHIM"] {
            if let value = Environment.nonEmpty(name) { words.append("\(name)=\(value)") }
        }
        return words + [try path()]
    }

    /// A program beside it, or `nil` where there is none.
    static func beside(_ name: String) -> String? {
        guard let own = try? path() else { return nil }
        let beside = PathText.join(PathText.folder(of: own), name)
        return access(beside, X_OK) == 0 ? beside : nil
    }
}
