import TareCore
import TareLinux
import TareOCI
import TareRuntime

/// What a container is: decided when it is made, and changed only by `rename` and `update`.
public struct ContainerRecord: Sendable, Hashable, Codable {
    /// Its id.
    public var id: ContainerID
    /// Its name.
    public var name: String
    /// When it was made, RFC 3339.
    public var created: String
    /// The image's name as the user gave it.
    public var image: String
    /// The image's id.
    public var imageID: Digest
    /// The manifest that was used.
    public var manifest: Descriptor
    /// How its snapshots are kept: `overlay` or `copy`.
    public var snapshotter: String
    /// Which runtime runs it: `crun` or `runc`.
    public var runtime: String
    /// The program and its arguments, of the image and the user together.
    public var arguments: [String]
    /// Its environment.
    public var environment: [String]
    /// The folder that it starts in.
    public var workingFolder: String
    /// The user as a word: `name:group`.
    public var user: String
    /// All that the user asked for.
    public var options: ContainerOptions
    /// The health check, of the user or of the image.
    public var health: HealthCheck?
    /// The signal that asks it to stop.
    public var stopSignal: Int32
    /// Ports that the image or the user exposes: `80/tcp`.
    public var exposed: [String]
    /// Labels of the image and the user.
    public var labels: [String: String]
}
