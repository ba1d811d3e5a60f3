import Synchronization
import TareCore
import TareEngine
import TareLinux
import TareProbe
import TareRuntime

/// Starts a trial's containers in order, as many at once as threads call `work`.
///
/// All are asked for at the same moment, as a user who wants N of them does: the wait for those before is part of a
/// container's start.
final class StartQueue: Sendable {
    private struct State {
        var next = 0
        var instances: [MeasuredInstance] = []
        var failure: TareError?
    }

    private let trial: ContainerTrial
    private let prober: ReadinessProber
    private let order: [(service: Int, replica: Int)]
    private let requested = TareRuntime.StartMark.now(.requested)
    private let mark = ProcessTimes.ownMark()
    private let serial = String(UInt32.random(in: 0 ... .max), radix: 16)
    private let state = Mutex(State())

    init(trial: ContainerTrial, prober: ReadinessProber) {
        self.trial = trial
        self.prober = prober
        order = trial.services.indices.flatMap { service in
            (0..<trial.services[service].replicas).map { (service, $0) }
        }
    }

    /// How many there are.
    var count: Int { order.count }
    /// Those that were made, in order.
    var instances: [MeasuredInstance] { state.withLock { $0.instances.sorted { $0.index < $1.index } } }
    /// The first failure; after it nothing more is started.
    var failure: TareError? { state.withLock { $0.failure } }

    /// Starts containers until none is left, or one could not be started; blocks.
    func work() {
        while true {
            let index = state.withLock { state -> Int? in
                guard state.next < order.count, state.failure == nil else { return nil }
                defer { state.next += 1 }
                return state.next
            }
            guard let index else { return }
            do throws(TareError) { try start(index) } catch {
                state.withLock { if $0.failure == nil { $0.failure = error } }
            }
        }
    }

    private func start(_ index: Int) throws(TareError) {
        let engine = trial.engine
        let (number, replica) = order[index]
        let service = trial.services[number]
        let id = try engine.create(
            image: service.image.name, arguments: [], options: options(service, index: index, replica: replica))
        state.withLock {
            $0.instances.append(
                MeasuredInstance(index: index, service: number, id: id, requested: requested.monotonic))
        }
        try engine.start(id, requested: requested)
        let places = try engine.places(of: id)
        let place: ProbeTarget.Place
        if let port = service.image.port {
            guard let address = try engine.networks.attachments(of: id.description).first?.address else {
                throw TareError(.internal, subject: id.short, "the container has no address to ask at")
            }
            place = .address(address.description, port: port)
        } else {
            place = .file(places.log)
        }
        prober.add(
            ProbeTarget(
                index: index, readiness: service.image.readiness, place: place,
                deadline: HostClock.monotonicNanoseconds() + UInt64(service.timeout * 1e9),
                process: places.process ?? 0))
    }

    private func options(_ service: ContainerTrial.Service, index: Int, replica: Int) -> ContainerOptions {
        var options = ContainerOptions()
        options.name = "measured-\(service.name)-\(index)-\(serial)"
        options.labels = [
            MeasuredOwner.label: mark, "tare.cell": trial.cell, "tare.service": service.name,
            "tare.replica": "\(replica)",
        ]
        options.network = service.image.port == nil ? "none" : "bridge"
        options.limits.memory = service.memory
        // Nothing of a measured container has to outlive a crash of the machine.
        options.isVolatile = true
        return options
    }
}
