import Glibc

/// Standard input's terminal, raw until it is restored.
struct RawTerminal {
    private let before: termios

    /// Makes it raw; `nil` where it is no terminal.
    init?() {
        var now = termios()
        guard tcgetattr(0, &now) == 0 else { return nil }
        before = now
        cfmakeraw(&now)
        guard tcsetattr(0, TCSANOW, &now) == 0 else { return nil }
    }

    /// Puts it back.
    func restore() {
        var old = before
        tcsetattr(0, TCSANOW, &old)
    }
}
