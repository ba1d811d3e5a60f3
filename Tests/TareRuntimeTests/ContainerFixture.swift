import FoundationEssentials
import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareRuntime

/// A place for the containers of one test: a root with busybox, folders, and an end that leaves nothing.
final class ContainerFixture: Sendable {
    /// In the name of all that the fixture makes.
    let word: String
    let folder: String
    let runtime: any Runtime
    private let before: LeakCheck

    /// Why there are no containers here, or `nil`.
    static let obstacle: String? = {
        if !TestGate.isRoot { return "root is needed for namespaces and control groups" }
        if !FileReading.exists("/bin/busybox") { return "the package busybox-static is missing" }
        return nil
    }()

    init(_ name: String) throws {
        word = "tare-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        folder = "/tmp/\(word)"
        before = LeakCheck.now(of: word)
        try FolderMaking.make("\(folder)/root/bin")
        for path in ["proc", "dev", "sys", "tmp", "etc"] { try FolderMaking.make("\(folder)/root/\(path)") }
        // A link where it can be one: a program that is being written while another test starts a process cannot be run
        // until that process has let its copy of the descriptor go.
        if link("/bin/busybox", "\(folder)/root/bin/busybox") != 0 {
            let binary = try Data(contentsOf: URL(filePath: "/bin/busybox"))
            try binary.write(to: URL(filePath: "\(folder)/root/bin/busybox"))
            chmod("\(folder)/root/bin/busybox", 0o755)
        }
        let applets =
            "sh true echo cat sleep ls mknod mount ps id hostname stty kill dd ulimit head env touch umount pwd tee"
        for applet in applets.split(separator: " ") { symlink("busybox", "\(folder)/root/bin/\(applet)") }
        runtime = try Self.runtime(name, state: "\(folder)/runtime")
    }

    static func runtime(_ name: String, state: String) throws -> any Runtime {
        name == "crun" ? try CrunRuntime(state: state) : try RuncRuntime(state: state)
    }

    /// A container of the busybox root that runs a shell command.
    func configuration(_ script: String) -> ContainerConfiguration {
        ContainerConfiguration(root: "\(folder)/root", arguments: ["/bin/sh", "-c", script])
    }

    /// Makes a container's folder with its bundle.
    @discardableResult
    func prepare(_ id: String, _ configuration: ContainerConfiguration) throws -> SupervisorFolder {
        let place = SupervisorFolder("\(folder)/\(id)")
        try FolderMaking.make(place.path)
        try runtime.bundles.write(configuration, to: place.path, cgroup: "/\(word)/\(id)")
        return place
    }

    /// Runs a container to its end.
    func run(
        _ configuration: ContainerConfiguration,
        options: SupervisorOptions = SupervisorOptions()
    ) throws -> (exit: ExitRecord, output: String, errors: String) {
        let id = "c\(UInt32.random(in: 0 ... .max))"
        let place = try prepare(id, configuration)
        _ = try runtime.run(id, in: place, options: options, attaching: nil)
        let exit = try place.waitForExit(timeout: 30)
        try runtime.delete(id, force: true)
        let log = try ContainerLog(place).entries()
        func text(_ stream: ContainerLog.Stream) -> String { log.filter { $0.stream == stream }.map(\.text).joined() }
        return (exit, text(.output), text(.errors))
    }

    /// Removes everything; what is left after that is a leak.
    func finish() -> [String] {
        for id in (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/runtime/\(runtime.name)")) ?? [] {
            try? runtime.delete(id, force: true)
        }
        try? FileManager.default.removeItem(atPath: folder)
        for line in MountTable.current().entries where line.type.hasPrefix("cgroup") {
            rmdir(PathText.join(line.folder, word))
        }
        // A supervisor whose starter was killed at once may come to life late and write into the folder once more.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return LeakCheck.left(since: before, of: word)
    }
}
