import FoundationEssentials
import Testing

extension TareProgram {
    /// Writes a file into the test's folder.
    func write(_ name: String, _ text: String) throws {
        let path = "\(folder)/\(name)"
        let parent = "/" + path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    /// Reads a file of the test's folder.
    func read(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

    /// A JSON document's text member, at the document's top.
    static func member(_ name: String, of document: String) throws -> String {
        let line = document.split(separator: "\n").first { $0.hasPrefix("  \"\(name)\" : ") }
        return String(try #require(line).split(separator: "\"")[3])
    }

    /// A document without the lines of two members, which differ between two runs.
    static func lasting(_ document: String) -> [Substring] {
        document.split(separator: "\n").filter { !$0.hasPrefix("  \"run\"") && !$0.hasPrefix("  \"started_at\"") }
    }

    /// A small scenario by its own numbers: two cells, ten replications.
    static let small = """
        tare: 1
        name: small
        claims:
          - { id: os, text: the OS weighs, quantity: "share(os, disk.used)", band: 60%..70% }
        host: { ec2: m6i.metal }
        guests:
          mine: { os_disk: 900MiB, kernel: 12MiB, os_memory: 90MiB, boot: { kernel: { cpu: 350ms }, init: { cpu: 1.9s } } }
        workloads:
          shop: { layers: [{ run: runtime, size: 180MiB }, { copy: app, size: 20MiB }] }
        services:
          - { name: web, replicas: $n, workload: shop, guest: mine, memory: 256MiB, ready: GET / }
        sweep: { n: [1, 5] }
        run: { reps: { start: 10, memory: 10, disk: 1 }, seed: 1 }

        """

    /// A made-up weighing of the container base: a fixture, not a measurement.
    static let weighings = """
        { "weighings": [ { "subject": "debian-12-container", "base": "debian-12-container", "evidence": "measured",
          "weights": { "virtual_bytes": 120000000, "allocated_bytes": 120000000, "used_bytes": 120000000,
            "wire_bytes": 60000000 },
          "owners": [ { "owner": "os", "group": "base", "files": 100, "used_bytes": 120000000,
            "allocated_bytes": 120000000, "wire_bytes": 60000000 } ] }, { "subject": "debian-12-cloud",
          "base": "debian-12-cloud", "evidence": "measured", "weights": { "virtual_bytes": 900000000,
            "allocated_bytes": 900000000, "used_bytes": 900000000, "wire_bytes": 450000000 },
          "owners": [ { "owner": "os", "group": "base", "files": 100, "used_bytes": 900000000,
            "allocated_bytes": 900000000, "wire_bytes": 450000000 } ] } ] }

        """

    /// Writes the small scenario and its weighings.
    func writeSmall() throws {
        try write("small.yaml", Self.small)
        try write("w.json", Self.weighings)
    }
}
