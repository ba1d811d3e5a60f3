import FoundationEssentials
import TareCatalog
import Testing

@Suite("Dockerfiles of the workloads")
struct WorkloadDockerfileTests {
    private static let folder =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Examples/dockerfiles"

    /// With `TARE_UPDATE_EXAMPLES=1` in the environment the files are written anew before they are compared.
    @Test("Examples/dockerfiles holds what the workloads say, letter by letter", arguments: Workload.builtins)
    func examples(workload: Workload) throws {
        let made = workload.dockerfile()
        let files = made.files.merging(["Dockerfile": made.dockerfile]) { $1 }
        let place = Self.folder + "/" + workload.id
        if ProcessInfo.processInfo.environment["TARE_UPDATE_EXAMPLES"] == "1" {
            try? FileManager.default.removeItem(atPath: place)
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            for (name, text) in files { try text.write(toFile: place + "/" + name, atomically: false, encoding: .utf8) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).sorted() == files.keys.sorted())
        for (name, text) in files {
            #expect(try String(contentsOfFile: place + "/" + name, encoding: .utf8) == text, "\(name)")
        }
    }
}
