import TareCatalog
import TareCore
import TareExperiment
import TareLinux
import TareWeigh

/// The runners that a scenario asks for.
public enum ServiceRunners {
    /// The runners of a scenario, and what a reader must know about the choice.
    public struct Choice: Sendable {
        /// One a platform and mode, VM first.
        public var runners: [any ServiceRunner]
        /// Where the model stands in for what cannot be measured here.
        public var warnings: [String]
    }

    /// One runner a platform and mode of the scenario, VM first; the model stands in, marked modelled, for what this
    /// machine or this version cannot run for real.
    ///
    /// Images that the scenario names are weighed here (reads them, writes nothing).
    ///
    /// - Parameters:
    ///   - scenario: decides which runners and which contents.
    ///   - measured: weighings made on this machine; they win over stored ones.
    ///   - containers: runs real containers; `nil` where none can be run here.
    ///   - obstacle: why none can.
    /// - Returns: the runners.
    /// - Throws: what weighing an image throws.
    public static func choice(
        for scenario: Scenario, measured: [Weighing] = [],
        containers: (ContentSource) throws(TareError) -> MeasuredContainerRunner?, obstacle: TareError? = nil
    ) throws(TareError) -> Choice {
        let content = try content(of: scenario, measured: measured)
        let simulates = scenario.run.modes.contains(.simulate)
        let measures = scenario.run.modes.contains(.measure)
        var choice = Choice(runners: [], warnings: [])
        if scenario.platforms.contains(.vm) {
            choice.runners.append(ModelledVMRunner(content: content))
            if measures {
                choice.warnings.append(
                    "VMs are modelled: real guests cannot be booted by this version; they come with part 3")
            }
        }
        if scenario.platforms.contains(.container) {
            let real = measures ? try containers(content) : nil
            if simulates || real == nil { choice.runners.append(ModelledContainerRunner(content: content)) }
            if let real {
                choice.runners.append(real)
                if simulates, scenario.host != .thisMachine {
                    choice.warnings.append(
                        "measured values are this machine's, modelled ones those of the scenario's host: `host: this`"
                            + " makes them comparable")
                }
            } else if measures {
                let reason = obstacle.map { "\($0.message)\($0.hint.map { "; \($0)" } ?? "")" }
                choice.warnings.append(
                    "containers are modelled: \(reason ?? "real ones cannot be run here")")
            }
        }
        return choice
    }

    /// The modelled runners of the scenario's platforms, VM first.
    ///
    /// - Parameters:
    ///   - scenario: decides which platforms and which contents.
    ///   - measured: weighings made on this machine; they win over stored ones.
    /// - Returns: the runners.
    /// - Throws: what weighing an image throws.
    public static func simulating(
        _ scenario: Scenario, measured: [Weighing] = []
    ) throws(TareError) -> [any ServiceRunner] {
        let content = try content(of: scenario, measured: measured)
        var runners: [any ServiceRunner] = []
        if scenario.platforms.contains(.vm) { runners.append(ModelledVMRunner(content: content)) }
        if scenario.platforms.contains(.container) { runners.append(ModelledContainerRunner(content: content)) }
        return runners
    }

    private static func content(
        of scenario: Scenario, measured: [Weighing]
    ) throws(TareError) -> ContentSource {
        var content = ContentSource(
            weighings: try StoredWeighings.all() + measured, images: try images(of: scenario))
        if let path = scenario.container?.profile, !ContainerPlatform.profiles.contains(path) {
            content.profiles[path] = try CalibratedProfile.read(try FileReading.text(at: path), subject: path)
        }
        return content
    }

    private static func images(of scenario: Scenario) throws(TareError) -> [String: Weighing] {
        var images: [String: Weighing] = [:]
        for cell in try scenario.cells() {
            for service in try scenario.resolved(for: cell).services {
                guard case .image(let reference) = service.content, images[reference] == nil else { continue }
                images[reference] = try ImageWeighing.weigh(reference)
            }
        }
        return images
    }
}
