import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareGuests

@Suite struct ThinDiskTests {
    private static let hasTool = ToolSearch.find("qemu-img") != nil

    @Test(
        "a thin disk takes next to nothing, leaves its base alone and is gone with its value",
        .enabled(if: hasTool, "needs qemu-utils"))
    func thin() throws {
        let folder = "/tmp/tare-thin-\(HostClock.monotonicNanoseconds())"
        try FolderMaking.make(folder)
        defer { _ = try? ChildProcess.run("/bin/rm", ["-rf", folder]) }
        let base = "\(folder)/base"
        try AtomicFile.write(base, [UInt8](repeating: 9, count: 4 << 20))
        let digest = try SHA256.digest(ofFile: base).digest
        do {
            let thin = try ThinDisk("\(folder)/thin", on: base)
            #expect(thin.allocated.bytes > 0 && thin.allocated.bytes < 1 << 20)
            let program = try #require(ToolSearch.find("qemu-img"))
            #expect(try ChildProcess.run(program, ["compare", "-f", "raw", "-F", "qcow2", base, thin.path]).succeeded)
            #expect(code { () throws(TareError) in _ = try ThinDisk("\(folder)/thin", on: base) } == .exists)
        }
        #expect(!FileReading.exists("\(folder)/thin"))
        #expect(try SHA256.digest(ofFile: base).digest == digest)
        #expect(code { () throws(TareError) in _ = try ThinDisk("\(folder)/x", on: "\(folder)/none") } == .notFound)
    }

    @Test("a switch of the kernel is put back when its value ends")
    func switched() throws {
        let file = "/tmp/tare-switch-\(HostClock.monotonicNanoseconds())"
        defer { _ = unlink(file) }
        try AtomicFile.write(file, text: "0\n")
        do {
            let merging = try KernelSwitch(file, "1")
            #expect(merging.old == "0" && FileReading.valueIfPresent(at: file) == "1")
        }
        #expect(FileReading.valueIfPresent(at: file) == "0")
        #expect(code { () throws(TareError) in _ = try KernelSwitch("\(file).none", "1") } == .unsupported)
    }

    private func code(_ body: () throws(TareError) -> Void) -> TareError.Code? {
        do throws(TareError) { try body() } catch { return error.code }
        return nil
    }
}
