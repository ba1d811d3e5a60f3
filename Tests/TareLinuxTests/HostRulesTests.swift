import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite struct HostRulesTests {
    @Test(
        "seconds since 1970 become RFC 3339 text",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
            (1_795_481_301, "2026-11-24T00:48:21Z"),
        ] as [(Int64, String)]
    )
    func wallText(seconds: Int64, text: String) { #expect(HostClock.text(secondsSince1970: seconds) == text) }

    @Test("TARE_HOME moves all state, root and users have their own defaults")
    func folders() throws {
        let user = try StateFolders.chosen(environment: ["HOME": "/h"], isRoot: false, workingFolder: "/w")
        #expect(user == StateFolders(state: "/h/.local/share/tare", cache: "/h/.cache/tare"))
        let root = try StateFolders.chosen(environment: ["HOME": "/root"], isRoot: true, workingFolder: "/w")
        #expect(root == StateFolders(state: "/var/lib/tare", cache: "/root/.cache/tare"))
        let moved = try StateFolders.chosen(environment: ["TARE_HOME": "t"], isRoot: true, workingFolder: "/w")
        #expect(moved == StateFolders(state: "/w/t", cache: "/w/t/cache"))
        let both = try StateFolders.chosen(
            environment: ["TARE_HOME": "/t", "TARE_CACHE": "/c", "XDG_CACHE_HOME": "/x"],
            isRoot: true,
            workingFolder: "/w"
        )
        #expect(both == StateFolders(state: "/t", cache: "/c"))
        let xdg = try StateFolders.chosen(
            environment: ["HOME": "/h", "XDG_CACHE_HOME": "/x"],
            isRoot: true,
            workingFolder: "/w"
        )
        #expect(xdg.cache == "/x/tare")
    }

    @Test("TARE_THREADS must be a whole number in range", arguments: ["0", "-1", "two", "4097"])
    func threads(text: String) throws {
        #expect(throws: TareError.self) { try WorkerCount.chosen(text, cpus: 2) }
        #expect(try WorkerCount.chosen("3", cpus: 2) == 3)
        #expect(try WorkerCount.chosen(nil, cpus: 2) == 2)
    }

    @Test("SHA-256 gives the published digest of abc, in one piece and in parts")
    func digest() throws {
        let wanted = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try SHA256.digest(of: "abc").description == wanted)
        var hash = try SHA256()
        try hash.update([97])
        try hash.update([98, 99])
        let parts = try hash.finish()
        #expect(parts.description == wanted)
    }

    @Test("writing into a folder that is not there fails with cannot-write and leaves nothing")
    func missingFolder() {
        let failure = #expect(throws: TareError.self) { try AtomicFile.write("/tmp/tare-none-\(getpid())/x", []) }
        #expect(failure?.code == .cannotWrite)
    }
}
