import TareCatalog
import TareCore
import TareRunners

/// A calibrated profile and its checks as lines of text.
enum CalibrationTable {
    static func text(_ profile: CalibratedProfile, _ checks: [CalibrationCheck]) throws(TareError) -> String {
        let prior = try EngineProfile.named("engine")
        var table = TextTable(["parameter", "measured>", "spread>", "built-in>", "measured / built-in>"])
        for name in profile.engine.keys.sorted() {
            guard let figure = profile.engine[name] else { continue }
            table.add(row("engine/\(name)", figure, prior.constants[name]))
        }
        for id in profile.workloads.keys.sorted() {
            guard let own = profile.workloads[id] else { continue }
            let known = try? WorkloadProfile.named(id)
            table.add(row("\(id)/start-cpu", own.startCPU, known?.startCPU))
            table.add(row("\(id)/anonymous", own.runtimeAnonymous, known?.runtimeAnonymous))
            table.add(row("\(id)/file", own.runtimeFile, known?.runtimeFile))
        }
        let note = "MEASURED on \(profile.measuredOn), per container; engine-memory and file per host"
        guard !checks.isEmpty else { return table.text + "\n\n" + note }
        var compared = TextTable(["N>", "quantity", "measured>", "modelled>", "modelled / measured>"])
        for check in checks {
            compared.add([
                "\(check.instances)", check.quantity, text(check.measured, check.unit),
                text(check.modelled, check.unit), check.ratio.map { "\(NumberText.significant($0))x" } ?? "-",
            ])
        }
        return table.text + "\n\n" + note + "\n\n" + compared.text
    }

    private static func row(_ name: String, _ figure: Figure, _ prior: Figure?) -> [String] {
        let unit = figure.unit == "ms" ? "seconds" : "bytes"
        let factor = figure.value == 0 ? 1 : figure.base / figure.value
        var spread = "-"
        if let low = figure.low, let high = figure.high {
            spread = "\(text(low * factor, unit)) to \(text(high * factor, unit))"
        }
        var ratio = "-"
        if let prior, prior.base > 0 { ratio = "\(NumberText.significant(figure.base / prior.base))x" }
        let known = prior.map { "\(text($0.base, unit)) \($0.evidence.badge)" } ?? "-"
        return [name, text(figure.base, unit), spread, known, ratio]
    }

    private static func text(_ value: Double, _ unit: String) -> String {
        unit == "bytes" ? ByteCount(Int64(value.rounded())).description : NumberText.seconds(value)
    }
}
