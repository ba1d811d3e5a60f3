import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareGuests

/// Guests that go wrong, for real, under TCG.
@Suite(.serialized, .enabled(if: GuestKernels.isThere, GuestKernels.reason)) struct GuestFailureTests {
    private func plan(_ script: String, memory: ByteCount = .mebibytes(128)) async throws -> MachinePlan {
        let kernel = try await GuestKernels.kernel()
        var plan = MachinePlan(
            name: "failing", board: .bare, accelerator: .emulated, memory: memory, kernel: kernel.kernel)
        plan.initialRoot = try GuestSmoke.initialRoot(cache: GuestKernels.cache, script: script).archive()
        return plan
    }

    private func ending(_ machine: GuestMachine, seconds: Double = 300) throws -> GuestEnding? {
        let deadline = Deadline.after(seconds: seconds)
        while let event = try machine.next(until: deadline) {
            if case .ended(let ending) = event { return ending }
        }
        return nil
    }

    @Test("a kernel that panics is an ending with the kernel's words")
    func panic() async throws {
        let machine = try GuestMachine(try await plan("echo c >/proc/sysrq-trigger"), cache: GuestKernels.cache)
        #expect(try ending(machine) == .panicked("sysrq triggered crash"))
    }

    @Test("a guest that uses all its memory is an ending of its own")
    func outOfMemory() async throws {
        let machine = try GuestMachine(
            try await plan("exec /bin/tare-init eat", memory: .mebibytes(64)), cache: GuestKernels.cache)
        guard case .outOfMemory(let words) = try ending(machine) else {
            Issue.record("it ended otherwise: \(String(describing: machine.ending))")
            return
        }
        #expect(words.contains("memory"))
    }

    @Test("a guest that never answers is late with its last line; it can be paused and stopped, and leaves no process")
    func monitored() async throws {
        let file = "/tmp/tare-console-\(HostClock.monotonicNanoseconds())"
        defer { _ = unlink(file) }
        let machine = try GuestMachine(
            try await plan("echo ready; exec /bin/busybox sleep 1000"), cache: GuestKernels.cache, consoleFile: file)
        let deadline = Deadline.after(seconds: 300)
        var isReady = false
        while !isReady, let event = try machine.next(until: deadline) { isReady = event == .line("ready") }
        #expect(isReady)
        let states = try machine.monitor { monitor, deadline throws(TareError) in
            var states = [try monitor.status(deadline: deadline)]
            _ = try monitor.execute("stop", deadline: deadline)
            states.append(try monitor.status(deadline: deadline))
            _ = try monitor.execute("cont", deadline: deadline)
            return states + [try monitor.status(deadline: deadline)]
        }
        #expect(states == ["running", "paused", "running"])
        // It never answers, and says what it said last.
        #expect(try ending(machine, seconds: 0.2) == nil)
        let error = machine.late("answer", after: 0.2)
        #expect(error.code == .timedOut && error.message.contains("\"ready\""))
        let outside = try GuestMemoryOutside(process: machine.process, blocks: [.mebibytes(128)])
        #expect(outside.touched.bytes > 16 << 20 && outside.touched.bytes < 128 << 20)
        #expect(machine.stop() == .stopped)
        #expect(kill(machine.process, 0) == -1)
        #expect(try FileReading.text(at: file).contains("ready"))
    }

    @Test("kill -9 of the process that started a guest ends the guest")
    func killed() async throws {
        let kernel = try await GuestKernels.kernel()
        let trial = Self.program("guest-trial")
        let pipe = try SocketPair("trial")
        let child = try ChildProcess.start(
            trial, [kernel.kernel, GuestKernels.cache], streams: [pipe.theirs.raw, pipe.theirs.raw, 2])
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(pipe.ours.raw, &bytes, bytes.count)
        let text = String(decoding: bytes[..<max(count, 0)], as: UTF8.self).trimmingLineEnd()
        let emulator = try #require(pid_t(text))
        #expect(kill(emulator, 0) == 0)
        kill(child, SIGKILL)
        _ = ChildProcess.wait(child)
        for _ in 0..<500 where kill(emulator, 0) == 0 { usleep(20_000) }
        #expect(kill(emulator, 0) == -1)
    }

    /// A program of this package beside the running tests.
    private static func program(_ name: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let beside = PathText.join(PathText.folder(of: own), name)
        return FileReading.exists(beside) ? beside : "/\(root)/.build/debug/\(name)"
    }

    @Test("missing files and plans that are no machine are refused before anything starts")
    func refused() throws {
        var plan = MachinePlan(
            name: "odd", board: .bare, accelerator: .emulated, memory: .mebibytes(128), kernel: "/nonexistent")
        func code() -> TareError.Code? {
            do throws(TareError) {
                _ = try GuestMachine(plan, cache: GuestKernels.cache)
                return nil
            } catch { return error.code }
        }
        #expect(code() == .notFound)
        plan.memory = .mebibytes(8)
        #expect(code() == .usage)
        plan.memory = .mebibytes(128)
        plan.disk = GuestDisk("/nonexistent")
        #expect(code() == .usage)
        plan.disk = nil
        plan.accelerator = .kvm
        plan.isCounted = true
        #expect(code() == .usage)
    }

    @Test("no wall time can be made of an emulated guest")
    func noTime() {
        #expect(GuestWallTime(nanoseconds: 1, on: .emulated) == nil)
        #expect(GuestWallTime(nanoseconds: 1, on: .kvm) != nil)
        #expect(Accelerator.chosen(.emulated) == .emulated)
        #expect(Accelerator.chosen(.usable) == .kvm)
    }
}
