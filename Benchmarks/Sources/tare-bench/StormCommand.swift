import ArgumentParser
import Glibc
import TareSimulation

/// Measures the kernel with its two main resources.
struct StormCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storm",
        abstract: "Boot storm: all instances start at once and alternate between processors and disk, twelve phases."
    )

    @Option(help: "Instances that start at time zero.")
    var instances = 1000

    @Option(help: "Cores, shared by all present; an instance uses at most one.")
    var cores = 96

    @Option(help: "Channels of the disk, first come first served.")
    var channels = 64

    @Option(help: "A file of one line an instance: twelve numbers, in seconds.")
    var demands: String?

    @Option(help: "Seed of the demands where no file is given.")
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard instances > 0, cores > 0, channels > 0 else {
            throw ValidationError("--instances, --cores and --channels want at least 1")
        }
        guard instances <= 10_000_000 else { throw ValidationError("--instances wants at most 10,000,000") }
    }

    func run() throws {
        let all: [Double]
        if let demands {
            do throws(Demands.Mistake) {
                all = try Demands.read(demands, instances: instances)
                try Demands.checkEnd(all, cores: cores, channels: channels, demands)
            } catch {
                let text = "tare-bench: \(error.text)\n"
                _ = text.withCString { write(STDERR_FILENO, $0, text.utf8.count) }
                throw ExitCode(error.code)
            }
        } else {
            all = Demands.drawn(instances: instances, seed: seed)
        }
        // The demands are read before the clock starts, here and in the peer.
        let model = StormModel(demands: all, cores: cores, channels: channels)
        let start = Measurement.cpuClock()
        var simulation = Simulation(model, capacity: channels + 1)
        simulation.model.begin(on: &simulation.scheduler)
        let events = simulation.run()
        let cpu = Measurement.cpuClock() - start
        Measurement(
            benchmark: "storm",
            parameters: [
                ("instances", instances), ("cores", cores), ("channels", channels),
                ("phases_ended", simulation.model.ended),
            ],
            events: events,
            cpuSeconds: cpu,
            lastNanoseconds: simulation.scheduler.now.nanoseconds
        ).show(json: json)
    }
}
