import TareCore
import TareLinux

/// The smallest guest: a kernel and an initial root with busybox that marks a phase, prints a line and ends.
public struct GuestSmoke: Sendable {
    /// The line that shows that the guest's own program ran.
    public static let line = "tare: smoke"

    /// What came of it, without a duration: it is emulated on most machines.
    public struct Result: Sendable, Hashable {
        /// Whether the line was printed.
        public var hasPrinted: Bool
        /// The marks seen on the console.
        public var marks: [Int]
        /// The counts, where instructions were counted: at the mark, and of everything.
        public var counted: [CountedMark]
        /// How it ended.
        public var ending: GuestEnding
    }

    /// The initial root.
    ///
    /// - Parameters:
    ///   - cache: where Tare's guest program is kept.
    ///   - script: what the first process does after `/proc` is there; it ends by `reboot -f`.
    /// - Returns: its entries.
    /// - Throws: `unavailable` where busybox or a compiler is missing.
    public static func initialRoot(
        cache: String,
        script: String = "/bin/tare-init mark 1; echo '\(line)'"
    ) throws(TareError) -> InitialRoot {
        guard let busybox = ToolSearch.find("busybox") else {
            throw TareError(
                .unavailable, subject: "busybox", "cannot make the smallest guest: busybox-static is not installed",
                hint: "run Scripts/install, on Debian")
        }
        var root = InitialRoot()
        for folder in ["proc", "sys", "tmp"] { root.folder(folder) }
        root.device("dev/console", major: 5, minor: 1)
        root.add("bin/busybox", try FileReading.bytes(at: busybox, limit: 64 << 20), mode: 0o755)
        let program = try GuestProgram.initial.path(cache: cache)
        root.add("bin/tare-init", try FileReading.bytes(at: program, limit: 64 << 20), mode: 0o755)
        root.link("bin/sh", to: "busybox")
        let text = """
            #!/bin/sh
            /bin/busybox mount -t proc proc /proc
            /bin/busybox mount -t sysfs sysfs /sys
            \(script)
            /bin/busybox reboot -f

            """
        root.add("init", text: text, mode: 0o755)
        return root
    }

    /// Boots it and waits for its end; some CPU-seconds where it is emulated.
    ///
    /// - Parameters:
    ///   - kernel: the kernel.
    ///   - accelerator: what executes it.
    ///   - cache: the cache folder.
    ///   - isCounted: whether instructions are counted.
    ///   - seconds: the longest to wait.
    /// - Returns: what came of it.
    /// - Throws: as `GuestMachine`; `timedOut` where it does not end.
    public static func run(
        kernel: GuestKernel,
        accelerator: Accelerator,
        cache: String,
        isCounted: Bool = false,
        seconds: Double = 300
    ) throws(TareError) -> Result {
        var plan = MachinePlan(
            name: "smoke", board: .bare, accelerator: accelerator, memory: .mebibytes(128), kernel: kernel.kernel)
        plan.initialRoot = try initialRoot(cache: cache).archive()
        plan.isCounted = isCounted
        let machine = try GuestMachine(plan, cache: cache)
        let deadline = Deadline.after(seconds: seconds)
        var result = Result(hasPrinted: false, marks: [], counted: [], ending: .stopped)
        while let event = try machine.next(until: deadline) {
            switch event {
            case .line(let text):
                if text == line { result.hasPrinted = true }
                if let number = GuestMark.number(in: text) { result.marks.append(number) }
            case .mark(let mark):
                result.counted.append(mark)
                machine.proceed()
            case .monitor: break
            case .ended(let ending):
                result.ending = ending
                if isCounted, let last = machine.lastMark { result.counted.append(last) }
                return result
            }
        }
        throw machine.late("end", after: seconds)
    }
}
