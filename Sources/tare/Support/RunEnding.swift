import TareCore
import TareExperiment

/// Says how a run ended, what to do next, and ends with the code that belongs to it.
enum RunEnding {
    static func finish(_ result: RunResult, output: OutputOptions, failOn: [ClaimResult.Verdict] = []) throws {
        switch result.state {
        case .interrupted:
            output.note("interrupted; what was finished is saved")
            output.next("tare resume \(result.run)")
        case .outOfBudget:
            output.note("the budget is used up; what was finished is saved")
            output.next("tare resume \(result.run)")
        case .partial:
            output.note("\(result.failures.count) replications failed; the others are complete")
            output.next("tare show \(result.run) --all")
        case .imprecise:
            output.note("the wanted precision was not reached; the data are complete")
            output.next("tare show \(result.run)")
        default: output.next("tare show \(result.run)")
        }
        let code = result.state.exitCode
        guard code == .done else { throw Ending(code: code) }
        if result.claims.contains(where: { failOn.contains($0.verdict) }) { throw Ending(code: .verdictDiffers) }
    }
}
