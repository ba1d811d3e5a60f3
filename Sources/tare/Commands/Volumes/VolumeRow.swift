import TareCore
import TareEngine

/// A volume as the verbs show it.
struct VolumeRow: Encodable {
    var name: String
    var path: String
    var created: String
    var isAnonymous: Bool
    var labels: [String: String]
    /// The ids of the containers that have it.
    var containers: [String]

    enum CodingKeys: String, CodingKey {
        case name, path, created, labels, containers
        case isAnonymous = "anonymous"
    }

    /// All volumes, by name.
    static func all(_ engine: Engine) throws(TareError) -> [VolumeRow] {
        let users = try engine.volumeUsers()
        return try engine.volumes.list().map {
            VolumeRow(
                name: $0.name,
                path: $0.path,
                created: $0.created,
                isAnonymous: $0.isAnonymous,
                labels: $0.labels,
                containers: (users[$0.name] ?? []).map(\.description)
            )
        }
    }
}
