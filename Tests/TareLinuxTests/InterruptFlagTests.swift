import Glibc
import TareCore
import Testing

@testable import TareLinux

/// In processes of their own: the flag is the process's, and other tests run beside these.
@Suite struct InterruptFlagTests {
    @Test(
        "the first signal raises the flag, asks the loop to stop, and removing lowers it", arguments: [SIGINT, SIGTERM])
    func raised(signal: Int32) async {
        await #expect(processExitsWith: .exitCode(7)) { [signal = signal as Int32] in
            try InterruptFlag.install()
            guard !InterruptFlag.isRaised else { _exit(1) }
            try InterruptFlag.check("the run")
            kill(getpid(), signal)
            for _ in 0..<5000 {
                if InterruptFlag.isRaised { break }
                usleep(1000)
            }
            do throws(TareError) {
                try InterruptFlag.check("the run")
                _exit(2)
            } catch {
                guard error.code == .cancelled, error.code.exitCode == .interrupted else { _exit(3) }
            }
            InterruptFlag.remove()
            _exit(InterruptFlag.isRaised ? 4 : 7)
        }
    }

    @Test("the second signal ends the process with 130")
    func twice() async {
        await #expect(processExitsWith: .exitCode(130)) {
            try InterruptFlag.install()
            kill(getpid(), SIGINT)
            for _ in 0..<5000 {
                if InterruptFlag.isRaised { break }
                usleep(1000)
            }
            kill(getpid(), SIGINT)
            usleep(5_000_000)
            _exit(1)
        }
    }
}
