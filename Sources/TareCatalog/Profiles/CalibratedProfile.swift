import TareCore

/// What `tare calibrate containers` measured on one machine: an engine's constants and workloads' own numbers, each with its
/// evidence, for the model to use in place of its priors.
public struct CalibratedProfile: Codable, Sendable, Hashable {
    /// What kind of file it is: `tare-containers`.
    public var kind: String
    /// ISO date of the measurement.
    public var measuredOn: String
    /// The program's version.
    public var version: String
    /// Facts of the machine.
    public var machine: [String: String]
    /// The engine's constants, by the names of `EngineProfile`.
    public var engine: [String: Figure]
    /// The workloads' own numbers by id.
    public var workloads: [String: WorkloadProfile]
    /// What a reader should know.
    public var warnings: [String]

    /// The word in `kind`.
    public static let containers = "tare-containers"

    enum CodingKeys: String, CodingKey {
        case kind, version, machine, engine, workloads, warnings
        case measuredOn = "measured_on"
    }

    /// Makes a profile.
    public init(
        measuredOn: String,
        version: String,
        machine: [String: String],
        engine: [String: Figure],
        workloads: [String: WorkloadProfile],
        warnings: [String] = []
    ) {
        kind = Self.containers
        self.measuredOn = measuredOn
        self.version = version
        self.machine = machine
        self.engine = engine
        self.workloads = workloads
        self.warnings = warnings
    }

    /// Reads the text of a profile.
    ///
    /// - Parameters:
    ///   - text: its JSON.
    ///   - subject: where it comes from, for the error.
    /// - Returns: the profile.
    /// - Throws: `corrupt` where it is no such profile.
    public static func read(_ text: String, subject: String) throws(TareError) -> CalibratedProfile {
        let found = try JSONText.decode(CalibratedProfile.self, from: text, subject: subject)
        guard found.kind == containers else {
            throw TareError(
                .corrupt,
                subject: subject,
                "cannot use it as an engine profile: its kind is \(found.kind)",
                hint: "make one with `tare calibrate containers --out \(subject)`"
            )
        }
        return found
    }
}
