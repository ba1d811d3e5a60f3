import TareCatalog
import TareCore
import TareExperiment
import TareWeigh

/// The runners that a scenario asks for.
public enum ServiceRunners {
    /// One runner a platform and mode of the scenario, VM first.
    ///
    /// Images that the scenario names are weighed here (reads them, writes nothing).
    ///
    /// - Parameters:
    ///   - scenario: decides which runners and which contents.
    ///   - measured: weighings made on this machine; they win over stored ones.
    /// - Returns: the runners.
    /// - Throws: `TareError.unsupported` for a mode that this version cannot run, or what weighing an image throws.
    public static func all(
        for scenario: Scenario, measured: [Weighing] = []
    ) throws(TareError) -> [any ServiceRunner] {
        if scenario.run.modes.contains(.measure), !scenario.run.modes.contains(.simulate) {
            throw TareError(
                .unavailable, subject: scenario.name,
                "was asked to measure real VMs and containers, which this version cannot start",
                hint: "run it with `--mode simulate`; image roots are measured by `tare claim` and `tare weigh`")
        }
        return try simulating(scenario, measured: measured)
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
        let content = ContentSource(
            weighings: try StoredWeighings.all() + measured, images: try images(of: scenario))
        var runners: [any ServiceRunner] = []
        if scenario.platforms.contains(.vm) { runners.append(ModelledVMRunner(content: content)) }
        if scenario.platforms.contains(.container) { runners.append(ModelledContainerRunner(content: content)) }
        return runners
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
