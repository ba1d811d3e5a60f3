import ArgumentParser
import Dispatch
import Synchronization
import TareCore
import TareModel

/// Measures the whole model of one host: both arms, everything on.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "The whole model: N guests beside N containers on one host, with disk, memory, credits and locks.",
        discussion: """
            EXAMPLE:
              tare-bench model --instances 10000
              tare-bench model --instances 1000 --replications 1000 --threads 2
            """
    )

    @Option(help: "Guests, and as many containers.")
    var instances = 10_000

    @Option(help: "Hypervisor profile of the guests.")
    var profile = "qemu-kvm"

    @Option(help: "The guests' operating system.")
    var guest = "debian-12-cloud"

    @Option(help: "Paired replications.")
    var replications = 1

    @Option(help: "Replications at once.")
    var threads = 1

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard instances > 0, replications > 0, threads > 0 else {
            throw ValidationError("--instances, --replications and --threads want at least 1")
        }
    }

    func run() throws {
        let arms: [ModelInput.Arm] = [
            .vm(VMPlatformSpec(profile: profile, clone: .linked)), .container(ContainerPlatformSpec()),
        ]
        let service = ServiceSpec(
            name: "web", replicas: instances, workload: "nginx", guest: guest,
            vmContent: ContentManifest(
                base: "guest", workload: "nginx", os: .mebibytes(300), kernel: .mebibytes(100), runtime: .mebibytes(20),
                app: .mebibytes(10)),
            containerContent: ContentManifest(
                base: "slim", workload: "nginx", os: .mebibytes(80), runtime: .mebibytes(30), app: .mebibytes(10)),
            memory: .gibibytes(1))
        let host = HostSpec(
            name: "bench", cores: 96, threadsPerCore: 2, memory: .gibibytes(Int64(instances) * 3 / 2 + 64), numaNodes: 2
        )
        let start = Measurement.cpuClock()
        let results = Mutex<(events: Int, last: Double, failure: TareError?)>((0, 0, nil))
        let one: @Sendable (Int) -> Void = { index in
            do throws(TareError) {
                for arm in arms {
                    let outcome = try Model.run(
                        ModelInput(host: host, arm: arm, services: [service], seed: UInt64(index + 1)))
                    let last = outcome.instances.reduce(0) { max($0, $1.marks[.firstResponse] ?? 0) }
                    results.withLock {
                        $0.events += outcome.events
                        $0.last = max($0.last, last)
                    }
                }
            } catch {
                results.withLock { $0.failure = error }
            }
        }
        let (replications, threads) = (replications, threads)
        if threads == 1 {
            for index in 0..<replications { one(index) }
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                for index in stride(from: thread, to: replications, by: threads) { one(index) }
            }
        }
        let (events, last, failure) = results.withLock { $0 }
        if let failure { throw failure }
        Measurement(
            benchmark: "model",
            parameters: [("instances", instances), ("replications", replications), ("threads", threads)],
            events: events,
            cpuSeconds: Measurement.cpuClock() - start,
            lastNanoseconds: Int64(last * 1e9)
        ).show(json: json)
    }
}
