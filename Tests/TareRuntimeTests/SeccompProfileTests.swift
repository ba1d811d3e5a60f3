import FoundationEssentials
import TareCore
import TareLinux
import Testing

@testable import TareRuntime

@Suite struct SeccompProfileTests {
    private func resolved(_ names: [String], _ architecture: String = "x86_64") -> SeccompProfile {
        SeccompProfile.standard.resolved(
            capabilities: Set(names.compactMap { Capability($0) }),
            architecture: architecture
        )
    }

    private func allows(_ profile: SeccompProfile, _ call: String) -> Bool {
        profile.rules.contains { $0.calls.contains(call) && $0.action == .allow && $0.conditions.isEmpty }
    }

    @Test("calls that act on the whole host are in no rule of an ordinary container")
    func closed() {
        let profile = SeccompProfile.standard.resolved(capabilities: Capability.standard, architecture: "x86_64")
        for call in [
            "ptrace", "kexec_load", "kexec_file_load", "bpf", "keyctl", "add_key", "request_key", "mount", "umount2",
            "setns", "unshare", "reboot", "init_module", "swapon", "perf_event_open", "userfaultfd", "io_uring_setup",
            "open_by_handle_at", "pivot_root", "iopl", "settimeofday", "syslog", "nfsservctl", "move_pages",
        ] {
            #expect(!profile.rules.contains { $0.calls.contains(call) && $0.action == .allow }, "\(call)")
        }
        for call in ["read", "execve", "futex", "mmap", "chroot", "arch_prctl", "epoll_pwait2", "clone"] {
            #expect(profile.rules.contains { $0.calls.contains(call) && $0.action == .allow }, "\(call)")
        }
        #expect(profile.otherwise == .fail(errno: 1))
    }

    @Test("a capability opens the calls that it is for, and no others")
    func capabilities() {
        #expect(allows(resolved(["SYS_PTRACE"]), "ptrace"))
        #expect(!allows(resolved(["SYS_PTRACE"]), "mount"))
        #expect(allows(resolved(["SYS_ADMIN"]), "mount"))
        #expect(allows(resolved(["SYS_ADMIN"]), "clone3"))
        #expect(!resolved(["SYS_ADMIN"]).rules.contains { $0.action == .fail(errno: 38) })
        #expect(resolved([]).rules.contains { $0.calls == ["clone3"] && $0.action == .fail(errno: 38) })
        #expect(allows(resolved(["BPF"]), "bpf"))
        #expect(!allows(resolved([]), "chroot"))
    }

    @Test("each machine has its own calls")
    func machines() {
        #expect(allows(resolved([], "x86_64"), "arch_prctl"))
        #expect(!allows(resolved([], "aarch64"), "arch_prctl"))
        #expect(allows(resolved([], "aarch64"), "cacheflush"))
    }

    @Test("no call is named twice in one rule, and each name is a word of the kernel")
    func names() {
        for rule in SeccompProfile.standard.rules {
            #expect(Set(rule.calls).count == rule.calls.count)
            #expect(!rule.calls.isEmpty)
            for call in rule.calls {
                #expect(call.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 })
            }
        }
    }

    @Test("a compiled program is used only as it was stored")
    func programs() throws {
        let folder = "/tmp/tare-seccomp-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let programs = SeccompPrograms(folder: folder)
        let spec = SeccompSpec(resolved([]), architecture: "x86_64")
        let path = try programs.path(for: spec)
        #expect(try programs.path(for: SeccompSpec(resolved(["BPF"]), architecture: "x86_64")) != path)
        #expect(programs.program(at: path) == nil)
        try FolderMaking.make("\(folder)/bundle")
        let bytes = [UInt8](repeating: 6, count: 64)
        try AtomicFile.write("\(folder)/compiled", bytes)
        programs.take("\(folder)/compiled", for: "\(folder)/bundle")
        #expect(programs.program(at: path) == nil, "no bundle wanted it")
        try AtomicFile.write("\(folder)/bundle/\(SeccompPrograms.wanted)", text: path)
        programs.take("\(folder)/compiled", for: "\(folder)/bundle")
        #expect(programs.program(at: path) == Data(bytes).base64EncodedString())
        let text = try FileReading.text(at: path)
        try AtomicFile.write(path, text: text.replacing("BgYG", with: "BgYH", maxReplacements: 1))
        #expect(programs.program(at: path) == nil)
        try AtomicFile.write("\(folder)/bundle/\(SeccompPrograms.wanted)", text: "/etc/elsewhere")
        programs.take("\(folder)/compiled", for: "\(folder)/bundle")
        #expect(!FileReading.exists("/etc/elsewhere"))
    }
}
