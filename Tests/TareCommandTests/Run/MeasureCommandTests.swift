import FoundationEssentials
import Testing

/// Measuring where it cannot be done, and the example that measures.
@Suite struct MeasureCommandTests {
    @Test("without a supervisor's program containers are modelled, are marked so, and a warning says why")
    func standsIn() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        try tare.writeSmall()
        let outcome = try tare.run(
            "run small.yaml --weighings w.json --mode measure --json -q", environment: "TARE_SHIM=/nowhere")
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(try tare.faults(of: outcome.output, schema: "run") == "")
        #expect(outcome.output.contains("containers are modelled: "))
        #expect(outcome.output.contains("VMs are modelled: "))
        #expect(outcome.output.contains("\"simulate\""))
        #expect(!outcome.output.contains("\"measured\""))
    }

    @Test("a calibration that cannot run says what is missing")
    func cannotCalibrate() throws {
        let tare = try TareProgram()
        defer { tare.remove() }
        let outcome = try tare.run("calibrate containers --json", environment: "TARE_SHIM=/nowhere")
        #expect(outcome.code == 66 || outcome.code == 77, "\(outcome.messages)")
        #expect(try tare.faults(of: outcome.output, schema: "error") == "")
    }
}
