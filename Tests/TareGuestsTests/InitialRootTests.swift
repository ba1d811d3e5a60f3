import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite struct InitialRootTests {
    @Test("another program unpacks the archive to the same files, links, modes and devices")
    func unpacks() throws {
        var root = InitialRoot()
        root.add("init", text: "#!/bin/sh\n", mode: 0o755)
        root.add("usr/share/odd", Array(repeating: 7, count: 4097), mode: 0o640)
        root.link("bin/sh", to: "busybox")
        root.device("dev/console", major: 5, minor: 1)
        let folder = "/tmp/tare-archive-\(HostClock.monotonicNanoseconds())"
        try FolderMaking.make(folder)
        defer { _ = try? ChildProcess.run("/bin/rm", ["-rf", folder]) }
        try AtomicFile.write("\(folder)/archive", root.archive())
        let program = try #require(ToolSearch.find("busybox"))
        let list = try ChildProcess.run(
            "/bin/sh",
            ["-c", "cd \(folder) && \(program) cpio -tv <archive 2>/dev/null | \(program) awk '{print $1,$3,$NF}'"])
        let lines = list.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("-rwxr-xr-x") && $0.hasSuffix(" init") })
        #expect(lines.contains { $0.hasPrefix("-rw-r-----") && $0.contains("4097") && $0.hasSuffix("usr/share/odd") })
        #expect(lines.contains { $0.hasPrefix("lrwxrwxrwx") && $0.hasSuffix("busybox") })
        #expect(lines.contains { $0.hasPrefix("crw-------") && $0.hasSuffix("dev/console") })
        #expect(lines.contains { $0.hasPrefix("drwxr-xr-x") && $0.hasSuffix("usr/share") })
    }

    @Test("the order of adding changes no byte")
    func order() {
        var one = InitialRoot()
        one.add("a/b", text: "1")
        one.link("c", to: "d")
        var other = InitialRoot()
        other.link("c", to: "d")
        other.add("a/b", text: "0")
        other.add("a/b", text: "1")
        #expect(one.archive() == other.archive())
        #expect(one.archive().count % 512 == 0)
    }

    @Test("what is no kernel, cut or packed otherwise is refused by name")
    func refusals() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        #expect(throws: TareError.self) { try KernelImage(bytes, subject: "x") }
        bytes.replaceSubrange(0x202..<0x208, with: [0x48, 0x64, 0x72, 0x53, 0x0f, 0x02])
        bytes.replaceSubrange(0x24c..<0x250, with: [0, 1, 0, 0])
        #expect { try KernelImage(bytes, subject: "x") } throws: { ($0 as? TareError)?.code == .unsupported }
        bytes.replaceSubrange(0x24c..<0x250, with: [0, 0, 1, 0])
        #expect { try KernelImage(bytes, subject: "x") } throws: { ($0 as? TareError)?.code == .invalid }
    }
}
