import TareCore

/// A container engine's constants, each with its evidence.
public struct EngineProfile: Sendable, Hashable {
    /// `engine`.
    public let id: String
    /// The constants by name; times in seconds, sizes in bytes after `base`.
    public let constants: [String: Figure]

    /// The constant of a name, in seconds, bytes or a ratio; 0 where the profile has none.
    public func value(_ name: String) -> Double { constants[name]?.base ?? 0 }

    /// The built-in profile with the constants that were measured on some machine in place of its own.
    ///
    /// - Parameters:
    ///   - measured: the measured constants, by the same names.
    ///   - id: what it is called.
    /// - Returns: the profile.
    /// - Throws: `TareError.notFound` where a published figure of the built-in one is missing.
    public static func calibrated(_ measured: [String: Figure], id: String) throws(TareError) -> EngineProfile {
        EngineProfile(id: id, constants: try named("engine").constants.merging(measured) { $1 })
    }

    /// The profile of an id.
    ///
    /// - Parameter id: `engine`.
    /// - Returns: the profile.
    /// - Throws: `TareError.notFound` for another word.
    public static func named(_ id: String) throws(TareError) -> EngineProfile {
        guard id == "engine" else {
            throw TareError(.notFound, subject: id, "no engine profile has this name", hint: "did you mean engine?")
        }
        return EngineProfile(
            id: id,
            constants: [
                "engine-memory": try PublishedFigures.figure(id: "G19"),
                "supervisor-rss": try PublishedFigures.figure(id: "G18a"),
                "supervisor-pss": try PublishedFigures.figure(id: "G18b"),
                "runtime-cpu": try PublishedFigures.figure(id: "G21a"), "resolve-wait": .assumed(120, "ms"),
                "registry-rate": .assumed(100, "MiB/s"), "unpack-rate": .assumed(200, "MiB/s"),
                "snapshot-cpu": .assumed(3, "ms"), "network-cpu": .assumed(4, "ms"),
                "network-lock": .assumed(6, "ms"), "cgroup-lock": .assumed(1, "ms"),
                "kernel-memory": .assumed(1.2, "MiB"), "writable-metadata": .assumed(32, "KiB"),
            ])
    }
}
