import TareCore
import TareLinux

/// A guest with several memory nodes, which any machine can be: it shows what libnuma and numactl say on a kernel that has
/// them.
public enum NodeGuest {
    /// What the guest said.
    public struct Findings: Sendable {
        /// The nodes as libnuma sees them.
        public var nodes: [NUMATopology.Node]
        /// The lines of `numactl --hardware`; empty where numactl is not installed here.
        public var hardware: [String]
    }

    private struct Report: Decodable {
        var available: Bool
        var nodes: [NUMATopology.Node]?
    }

    /// Boots it, and takes what it printed; some CPU-seconds where it is emulated.
    ///
    /// - Parameters:
    ///   - nodes: the nodes.
    ///   - kernel: the kernel.
    ///   - accelerator: what executes it.
    ///   - cache: the cache folder.
    ///   - seconds: the longest to wait.
    /// - Returns: what the guest said.
    /// - Throws: as `GuestMachine`; `timedOut`; `unsupported` where the guest's kernel knows no nodes.
    public static func run(
        _ nodes: [GuestNode],
        kernel: GuestKernel,
        accelerator: Accelerator,
        cache: String,
        seconds: Double = 300
    ) throws(TareError) -> Findings {
        var plan = MachinePlan(
            name: "nodes", board: .pc, accelerator: accelerator,
            memory: nodes.reduce(.zero) { $0 + $1.memory }, kernel: kernel.kernel)
        plan.nodes = nodes
        plan.initialRoot = try initialRoot(cache: cache).archive()
        let machine = try GuestMachine(plan, cache: cache)
        let deadline = Deadline.after(seconds: seconds)
        var report: Report?
        var hardware: [String] = []
        while let event = try machine.next(until: deadline) {
            switch event {
            case .line(let line):
                if let range = line.firstRange(of: "tare: numa ") {
                    report = try JSONText.decode(
                        Report.self, from: String(line[range.upperBound...]), subject: "the guest's nodes")
                } else if report != nil, !line.isEmpty, !line.hasPrefix("[") {
                    hardware.append(line)
                }
            case .mark: machine.proceed()
            case .monitor: break
            case .ended(let ending):
                guard let found = report?.nodes, ending == .finished else {
                    throw TareError(.unsupported, subject: "nodes", "cannot read the guest's nodes: \(ending.text)")
                }
                return Findings(nodes: found, hardware: hardware)
            }
        }
        throw machine.late("print its nodes", after: seconds)
    }

    private static func initialRoot(cache: String) throws(TareError) -> InitialRoot {
        var script = "/bin/nodes"
        var files: [String: String] = [:]
        if let numactl = ToolSearch.find("numactl") {
            script += "; /bin/numactl --hardware"
            files["bin/numactl"] = numactl
            for library in try libraries(of: numactl) { files[String(library.dropFirst())] = library }
        }
        var root = try GuestSmoke.initialRoot(cache: cache, script: script)
        let program = try GuestProgram.nodes.path(cache: cache)
        root.add("bin/nodes", try FileReading.bytes(at: program, limit: 64 << 20), mode: 0o755)
        for (path, file) in files { root.add(path, try FileReading.bytes(at: file, limit: 64 << 20), mode: 0o755) }
        return root
    }

    /// The shared libraries that a program is loaded with, by their paths.
    private static func libraries(of program: String) throws(TareError) -> [String] {
        let ending = try ChildProcess.run(ToolSearch.find("ldd") ?? "/usr/bin/ldd", [program])
        return ending.output.split(separator: "\n").compactMap { line in
            line.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("/") }
        }.map(String.init)
    }
}
