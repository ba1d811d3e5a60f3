import TareCore

/// What one instance did from request to first answer: the rows of a Gantt chart.
public struct StartTimeline: Codable, Sendable, Hashable {
    /// One phase of the start.
    public struct Phase: Codable, Sendable, Hashable {
        /// `firmware`, `kernel`, `initramfs`, `unit:ssh.service`, `fetch`, `unpack`, `network`, ...
        public var name: String
        /// Seconds after the request.
        public var startSeconds: Double
        /// Seconds after the request.
        public var endSeconds: Double
        /// Whether a shorter phase would give a shorter start.
        public var critical: Bool

        enum CodingKeys: String, CodingKey {
            case name, critical
            case startSeconds = "start_s"
            case endSeconds = "end_s"
        }

        /// Makes a phase; times in seconds after the request.
        public init(name: String, startSeconds: Double, endSeconds: Double, critical: Bool) {
            self.name = name
            self.startSeconds = startSeconds
            self.endSeconds = endSeconds
            self.critical = critical
        }
    }

    /// The cell's id.
    public var cell: String
    /// VM or container.
    public var platform: Platform
    /// Which instance: `first`, `median`, `last`.
    public var instance: String
    /// The phases, by start time.
    public var phases: [Phase]
    /// Seconds after the request at which each mark was reached.
    public var marks: [String: Double]
    /// What kind of numbers they are.
    public var evidence: Evidence

    /// Makes a timeline.
    public init(
        cell: String,
        platform: Platform,
        instance: String,
        phases: [Phase],
        marks: [String: Double],
        evidence: Evidence
    ) {
        self.cell = cell
        self.platform = platform
        self.instance = instance
        self.phases = phases
        self.marks = marks
        self.evidence = evidence
    }
}
