import FoundationEssentials
import Glibc
import TareLinux
import Testing

/// A program for a container that makes system calls with harmless, invalid arguments and prints each one's errno: a
/// filter says EPERM before the kernel would look at them.
struct CallProbe {
    let calls = [
        "ptrace", "kexec_load", "bpf", "keyctl", "add_key", "unshare", "setns", "mount", "reboot", "swapon",
        "init_module", "perf_event_open", "userfaultfd", "open_by_handle_at", "pivot_root", "process_vm_readv", "vsock",
    ]

    init(in folder: String) throws {
        let source = """
            #include <errno.h>
            #include <stdio.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            #define TRY(name, ...) errno = 0; syscall(SYS_##name, __VA_ARGS__); printf(#name " %d\\n", errno)
            int main(void) {
                TRY(ptrace, 16, 99999, 0, 0);
                TRY(kexec_load, 0, 17, 0, ~0ul);
                TRY(bpf, 999, 0, 0);
                TRY(keyctl, 999, 0, 0, 0, 0);
                TRY(add_key, 0, 0, 0, 0, 0);
                TRY(unshare, 0x10000000);
                TRY(setns, -1, 0);
                TRY(mount, 0, 0, 0, 0, 0);
                TRY(reboot, 0, 0, 0, 0);
                TRY(swapon, 0, 0);
                TRY(init_module, 0, 0, 0);
                TRY(perf_event_open, 0, 0, 0, 0, 0);
                TRY(userfaultfd, ~0);
                TRY(open_by_handle_at, -1, 0, 0);
                TRY(pivot_root, 0, 0);
                TRY(process_vm_readv, 1, 0, 0, 0, 0, 0);
                errno = 0; socket(40, 1, 0); printf("vsock %d\\n", errno);
                return 0;
            }
            """
        try Data(source.utf8).write(to: URL(filePath: "\(folder)/probe.c"))
        let compiler = try #require(ToolSearch.find("clang") ?? ToolSearch.find("gcc"))
        let ending = try ChildProcess.run(compiler, ["-static", "-o", "\(folder)/probe", "\(folder)/probe.c"])
        try #require(ending.succeeded, "\(ending.errors)")
    }
}
