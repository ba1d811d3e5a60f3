import Glibc
import TareCore
import TareLinux
import TareRegistry

/// A line on standard error that tells how far a transfer is; without a terminal, one line every ten seconds.
///
/// Told by one thread at a time.
final class TransferLine: @unchecked Sendable {
    private var last: UInt64 = 0
    private let animates = StandardStreams.canAnimate(.error)
    private var isOpen = false
    private let isQuiet: Bool

    init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

    func show(_ progress: TransferProgress) {
        if isQuiet { return }
        let now = HostClock.monotonicNanoseconds()
        guard now - last > (animates ? 100_000_000 : 10_000_000_000) || progress.isComplete else { return }
        guard animates || last != 0 || now == 0 else {
            last = now
            return
        }
        last = now
        let text = "\(progress.what): \(ByteCount(progress.done)) of \(ByteCount(progress.total))"
        if animates {
            try? StandardStreams.write("\r\u{1B}[K" + text, to: .error)
            isOpen = true
        } else {
            Output.note(text)
        }
    }

    /// Clears the line.
    func end() {
        if isOpen { try? StandardStreams.write("\r\u{1B}[K", to: .error) }
        isOpen = false
    }
}
