import TareCore

/// A hypervisor profile of the user's own: a built-in one, and the numbers that differ from it.
public struct VMProfileNumbers: Codable, Sendable, Hashable {
    /// What a number is, and so which unit it is written with.
    public enum Kind: String, Codable, Sendable {
        /// A duration.
        case time
        /// A size.
        case size
        /// A percentage.
        case share
        /// Requests a second.
        case rate
    }

    /// One number that a scenario may give.
    public struct Field: Sendable, Hashable {
        /// The key in the file: `vmm_memory`.
        public let key: String
        /// What it is.
        public let kind: Kind
        /// The model's name of it: `vmm-private`.
        public let constant: String
    }

    /// Every number that may be given, by its key.
    public static let fields = [
        Field(key: "control_plane", kind: .time, constant: "control-plane-wait"),
        Field(key: "spawn", kind: .time, constant: "spawn-cpu"),
        Field(key: "firmware", kind: .time, constant: "firmware-cpu"),
        Field(key: "boot_loader", kind: .time, constant: "boot-loader-cpu"),
        Field(key: "launch_lock", kind: .time, constant: "launch-lock"),
        Field(key: "restore", kind: .time, constant: "restore"),
        Field(key: "vmm_memory", kind: .size, constant: "vmm-private"),
        Field(key: "vmm_text", kind: .size, constant: "vmm-text"),
        Field(key: "hidden_memory", kind: .size, constant: "hidden-fixed"),
        Field(key: "hidden_share", kind: .share, constant: "hidden-share"),
        Field(key: "cpu_tax", kind: .share, constant: "cpu-tax"),
        Field(key: "credit_baseline", kind: .share, constant: "credit-baseline"),
        Field(key: "credit_balance", kind: .time, constant: "credit-balance"),
        Field(key: "round_trip", kind: .time, constant: "round-trip"),
        Field(key: "disk_requests_alone", kind: .rate, constant: "disk-qd1"),
        Field(key: "disk_requests", kind: .rate, constant: "disk-deep"),
    ]

    /// The built-in profile that gives what is not said here.
    public var basedOn: String
    /// The numbers by the model's name: seconds, bytes, shares of 0 to 1, requests a second.
    public var values: [String: Double]
    /// Whether a guest's memory is taken from the host as a whole; `nil` as in `basedOn`.
    public var assignsMemory: Bool?
    /// Whether every vCPU has a hardware thread of its own; `nil` as in `basedOn`.
    public var pinsCPUs: Bool?

    /// Makes a profile that differs in nothing.
    public init(basedOn: String) {
        self.basedOn = basedOn
        values = [:]
    }
}
