import Glibc
import TareCore
import TareLinux
import TareRuntime

/// The folder of one container.
///
/// | file | what |
/// |---|---|
/// | `record.json` | what it is |
/// | `state.json` | what became of it |
/// | `lock` | held by who changes it |
/// | `attachment.json` | its network, as the network store gave it |
/// | `root/` | where its root is mounted while it runs |
/// | `run/` | the supervisor's folder with bundle, log and marks |
/// | `exec/` | a supervisor's folder for each further process |
/// | `hosts`, `hostname`, `resolv.conf` | mounted at their places in /etc |
/// | `health.json` | what the health checks have shown |
struct ContainerFolder: Sendable, Hashable {
    let path: String

    var record: String { path + "/record.json" }
    var state: String { path + "/state.json" }
    var lock: String { path + "/lock" }
    var attachment: String { path + "/attachment.json" }
    var root: String { path + "/root" }
    var run: SupervisorFolder { SupervisorFolder(path + "/run") }
    var execs: String { path + "/exec" }
    var hosts: String { path + "/hosts" }
    var hostName: String { path + "/hostname" }
    var nameServers: String { path + "/resolv.conf" }
    var health: String { path + "/health.json" }

    func readRecord() throws(TareError) -> ContainerRecord {
        try JSONText.decode(ContainerRecord.self, from: try FileReading.text(at: record), subject: record)
    }

    func write(_ value: ContainerRecord) throws(TareError) {
        try AtomicFile.write(record, text: try JSONText.encode(value))
    }

    func readState() throws(TareError) -> ContainerState {
        guard FileReading.exists(state) else { return ContainerState() }
        return try JSONText.decode(ContainerState.self, from: try FileReading.text(at: state), subject: state)
    }

    func write(_ value: ContainerState) throws(TareError) {
        try AtomicFile.write(state, text: try JSONText.encode(value))
    }

    func readHealth() throws(TareError) -> HealthState? {
        guard FileReading.exists(health) else { return nil }
        return try JSONText.decode(HealthState.self, from: try FileReading.text(at: health), subject: health)
    }

    func write(_ value: HealthState) throws(TareError) {
        try AtomicFile.write(health, text: try JSONText.encode(value))
    }
}
