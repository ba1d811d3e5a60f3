import Glibc
import TareCore
import Testing

@testable import TareLinux

@Suite(.serialized) struct InterruptFlagSerialTests {
    @Test(
        "the first signal raises the flag, asks the loop to stop, and removing lowers it", arguments: [SIGINT, SIGTERM])
    func raised(signal: Int32) throws {
        try InterruptFlag.install()
        defer { InterruptFlag.remove() }
        #expect(!InterruptFlag.isRaised)
        try InterruptFlag.check("the run")
        // To the process, as a terminal sends it: worker threads block signals, so another thread takes it, a moment later.
        #expect(kill(getpid(), signal) == 0)
        for _ in 0..<2000 where !InterruptFlag.isRaised { usleep(1000) }
        #expect(InterruptFlag.isRaised)
        let stopped = #expect(throws: TareError.self) { try InterruptFlag.check("the run") }
        #expect(stopped?.code == .cancelled)
        #expect(stopped?.code.exitCode == .interrupted)
        InterruptFlag.remove()
        #expect(!InterruptFlag.isRaised)
    }
}
