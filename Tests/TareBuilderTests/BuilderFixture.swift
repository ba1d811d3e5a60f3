import FoundationEssentials
import Glibc
import Subprocess
import Synchronization
import TareCore
import TareDockerfile
import TareImages
import TareLinux
import TareOCI
import TareTestSupport

@testable import TareBuilder

/// A library, a context and a builder in a folder that goes away with the value.
final class BuilderFixture: Sendable {
    let folder: String
    let library: ImageLibrary
    let builder: Builder
    let events = EventList()

    /// Takes the events of builds.
    final class EventList: Sendable {
        private let events = Mutex<[BuildEvent]>([])
        func add(_ event: BuildEvent) { events.withLock { $0.append(event) } }
        var all: [BuildEvent] { events.withLock { $0 } }
        func clear() { events.withLock { $0 = [] } }
        var output: [String] {
            all.compactMap { if case .output(_, _, let line) = $0 { line } else { nil } }
        }
    }

    init(snapshots: ImageLibrary.SnapshotKind = .overlay) throws {
        // The machine's folder for temporary files may be on a file system that overlay cannot write to.
        folder = "/var/tmp/tare-builder-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder + "/context", withIntermediateDirectories: true)
        library = try ImageLibrary(root: folder + "/images", snapshots: snapshots)
        builder = Builder(library: library, folder: folder + "/build")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var context: String { folder + "/context" }

    func write(_ path: String, _ text: String, mode: UInt32 = 0o644) throws {
        let whole = context + "/" + path
        try FileManager.default.createDirectory(
            atPath: whole.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 },
            withIntermediateDirectories: true)
        try text.write(toFile: whole, atomically: false, encoding: .utf8)
        chmod(whole, mode_t(mode))
    }

    func build(_ text: String, _ change: (inout BuildRequest) -> Void = { _ in }) async throws -> BuiltImage {
        var request = BuildRequest(context: context)
        request.text = text
        change(&request)
        let events = events
        events.clear()
        return try await builder.build(request) { events.add($0) }
    }

    /// Every entry of an image: `path mode user:group kind content`, sorted.
    func listing(_ image: BuiltImage) throws -> [String] {
        guard let key = image.snapshotKey else { return [] }
        let path = folder + "/look-\(UInt64.random(in: 0 ... .max))"
        mkdir(path, 0o755)
        let tree = try TreeMount(key, at: path, library)
        defer { rmdir(path) }
        let lines = try Self.lines(path)
        try tree.end()
        return lines
    }

    private static func lines(_ path: String) throws -> [String] {
        let source = try CopySource(path, name: "image", dropsOwners: false)
        let entries = try source.descendants(of: "", leavingOut: IgnoreRules())
        var lines: [String] = []
        for entry in entries {
            var line = "\(entry.path) \(String(entry.mode, radix: 8)) \(entry.user):\(entry.group)"
            switch entry.kind {
            case .file: line += " " + ((try? String(contentsOfFile: path + "/" + entry.path, encoding: .utf8)) ?? "?")
            case .folder: line += " /"
            case .link(let target): line += " -> \(target)"
            default: line += " special"
            }
            lines.append(line)
        }
        return lines
    }

    /// Makes the image `base` from programs of this machine: a shell and a few tools with their libraries.
    func makeBase() async throws {
        let tools = [
            "/bin/sh", "/bin/cat", "/bin/ls", "/bin/mkdir", "/bin/touch", "/bin/rm", "/bin/ln", "/bin/chmod",
            "/bin/chown",
            "/bin/sleep", "/usr/bin/id", "/usr/bin/env", "/usr/bin/stat", "/bin/pwd", "/bin/mv", "/bin/hostname",
        ]
        var files: Set<String> = []
        for tool in tools {
            files.insert(tool)
            let result = try await Subprocess.run(
                .path("/usr/bin/ldd"), arguments: [tool], output: .string(limit: 1 << 16), error: .discarded)
            for word in result.standardOutput.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" })
            where word.hasPrefix("/") { files.insert(String(word)) }
        }
        for file in files {
            let target = folder + "/base" + file
            let parent = target.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            var facts = stat()
            stat(file, &facts)
            try Data(contentsOf: URL(filePath: file)).write(to: URL(filePath: target))
            chmod(target, 0o755)
        }
        let users = "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\n"
        try FileManager.default.createDirectory(atPath: folder + "/base/etc", withIntermediateDirectories: true)
        try users.write(toFile: folder + "/base/etc/passwd", atomically: false, encoding: .utf8)
        let groups = "root:x:0:\napp:x:1001:\nmore:x:1002:app\n"
        try groups.write(toFile: folder + "/base/etc/group", atomically: false, encoding: .utf8)
        for name in ["tmp", "proc", "sys", "dev", "root"] {
            mkdir(folder + "/base/" + name, name == "tmp" ? 0o1777 : 0o755)
        }
        var request = BuildRequest(context: folder + "/base")
        request.text = "FROM scratch\nCOPY . /\nCMD [\"/bin/sh\"]\n"
        request.names = ["docker.io/library/base:latest"]
        _ = try await builder.build(request)
    }
}
