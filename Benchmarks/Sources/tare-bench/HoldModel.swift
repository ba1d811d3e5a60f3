import TareSimulation

/// The hold model (Vaucher and Duval 1975): each event schedules one other, so the number pending stays as it is.
struct HoldModel: SimulationModel {
    /// The draws of all delays, exponential with mean one second.
    var random: RandomStream

    @inline(__always)
    mutating func handle(_ event: Int32, at now: SimTime, _ scheduler: inout Scheduler<Int32>) {
        scheduler.schedule(event, after: .seconds(random.exponential()))
    }
}
