import Synchronization
import TareCore
import TareLinux

/// What goes on, on standard error: a bar where a terminal can redraw it, otherwise a line every ten seconds.
final class ProgressBar: Sendable {
    private struct State {
        var last: UInt64 = 0
        var drawn = false
        var step = ""
    }

    private let quiet: Bool
    private let animated: Bool
    private let state = Mutex(State())

    /// Makes a bar; `quiet` prints nothing at all.
    init(quiet: Bool) {
        self.quiet = quiet
        animated = StandardStreams.canAnimate(.error)
    }

    /// Shows a step and the share of the whole that is done, 0 to 1; may be called from any thread, as often as one likes.
    func show(_ step: String, _ share: Double) {
        guard !quiet else { return }
        let now = HostClock.monotonicNanoseconds()
        state.withLock { state in
            let wait: UInt64 = animated ? 100_000_000 : 10_000_000_000
            guard !state.drawn || now - state.last >= wait else { return }
            state.last = now
            state.drawn = true
            state.step = step
            let percent = NumberText.fixed(min(max(share, 0), 1) * 100, decimals: 0)
            guard animated else {
                StandardStreams.printError("\(percent)% \(step)")
                return
            }
            let filled = Int(min(max(share, 0), 1) * 24)
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
            let line = "[\(bar)] \(percent)% \(step)"
            let width = StandardStreams.width(of: .error)
            try? StandardStreams.write("\r\u{1B}[K" + String(line.prefix(max(20, width - 1))), to: .error)
        }
    }

    /// Takes the bar away.
    func finish() {
        state.withLock { state in
            if animated, state.drawn { try? StandardStreams.write("\r\u{1B}[K", to: .error) }
        }
    }
}
