import FoundationEssentials
import Glibc
import TareCatalog
import TareCore
import TareGuests
import TareLinux
import TareTestSupport
import Testing

@testable import TareBuilder

@Suite("images of the workloads", .serialized)
struct WorkloadImageTestsSerial {
    /// One always; all, each built twice, with `TARE_TEST_ALL_IMAGES=1`.
    private static let everything = Environment.value("TARE_TEST_ALL_IMAGES") == "1"
    static let workloads = everything ? Workload.builtins : [.redis]
    private static let mayBuild =
        TestGate.isRoot && RootStore.availability() == nil && Environment.value("TARE_TEST_OFFLINE") == nil

    @Test(
        "its Dockerfile builds on Debian, with the packages of the root that a VM gets, and the same twice",
        .enabled(if: mayBuild, "needs root, mmdebstrap and the network"))
    func built() async throws {
        let fixture = try BuilderFixture()
        let store = RootStore(cache: try StateFolders.current().roots)
        let base = try await store.root(base: .container, workload: nil) { _ in }
        let tar = fixture.context + "/root.tar"
        let status = try await PlainCommand.run(
            "tar --numeric-owner --sort=name --xattrs --xattrs-include='*' -cf \(tar) -C \(base.path) .")
        #expect(status == 0)
        _ = try await fixture.build("FROM scratch\nADD root.tar /\nCMD [\"bash\"]\n") {
            $0.names = ["docker.io/library/debian:12"]
        }
        unlink(tar)
        for workload in Self.workloads {
            let folder = workload.dockerfile()
            try? FileManager.default.removeItem(atPath: fixture.context)
            for (name, text) in folder.files { try fixture.write(name, text) }
            let began = ContinuousClock().now
            let image = try await fixture.build(folder.dockerfile)
            let took = ContinuousClock().now - began
            let manifest = try fixture.library.image(image.descriptor)
            print(
                "\(workload.id): \(image.config.rootfs.diffIDs.count) layers, \(manifest.transferred) packed, built in \(took)"
            )
            let lines = try fixture.listing(image)
            #expect(lines.contains { $0.hasPrefix(workload.command[0].dropFirst() + " ") }, "\(workload.command)")
            #expect(!lines.contains { $0.hasPrefix("usr/sbin/policy-rc.d ") || $0.hasPrefix("build ") })
            if let root = try store.cached(base: .container, workload: workload) {
                let status = try #require(lines.first { $0.hasPrefix("var/lib/dpkg/status ") })
                #expect(Self.packages(status) == root.packages)
            }
            try await starts(workload, folder.dockerfile, fixture)
            guard Self.everything else { continue }
            let again = try await fixture.build(folder.dockerfile) { $0.ignoresCache = true }
            #expect(again.descriptor == image.descriptor, "\(workload.id) differs when it is built again")
        }
    }

    /// Its command runs in the image: a service until it is stopped after 4 seconds, a program to its end.
    private func starts(_ workload: Workload, _ dockerfile: String, _ fixture: BuilderFixture) async throws {
        _ = try await fixture.build(dockerfile) { $0.names = ["docker.io/library/\(workload.id):latest"] }
        let words = workload.command.map { "'\($0)'" }.joined(separator: " ")
        let ending = workload.port == nil ? 0 : 124
        _ = try await fixture.build("FROM \(workload.id)\nRUN timeout 4 \(words); test $? = \(ending)\n")
        if case .output(let text) = workload.readiness { #expect(fixture.events.output == [text]) }
    }

    /// Versions by package, of those that are installed.
    private static func packages(_ status: String) -> [String: String] {
        var found: [String: String] = [:]
        for paragraph in status.split(separator: "\n\n") {
            var fields: [String: String] = [:]
            for line in paragraph.split(separator: "\n") where !line.hasPrefix(" ") {
                let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
                let name = parts[0].split(separator: " ").last.map(String.init) ?? ""
                if parts.count == 2 { fields[name] = parts[1] }
            }
            if let name = fields["Package"], let version = fields["Version"], fields["Status"] == "install ok installed"
            {
                found[name] = version
            }
        }
        return found
    }
}
