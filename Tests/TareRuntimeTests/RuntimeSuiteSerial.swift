import Glibc
import TareCore
import TareLinux
import TareTestSupport
import Testing

@testable import TareRuntime

/// What every runtime does; both drivers pass it.
@Suite(.serialized, .enabled(if: ContainerFixture.obstacle == nil, "\(ContainerFixture.obstacle ?? "")"))
struct RuntimeSuiteSerial {
    @Test("output, errors and exit code of a container arrive", arguments: ["crun", "runc"])
    func runs(_ name: String) throws {
        let fixture = try ContainerFixture(name)
        let result = try fixture.run(fixture.configuration("echo out; echo err >&2; printf rest; exit 7"))
        #expect(result.exit.code == 7)
        #expect(result.exit.stage == .container)
        #expect(result.output == "out\nrest")
        #expect(result.errors == "err\n")
        #expect(fixture.finish() == [])
    }
}
