/// A mode as `--chmod` takes it: octal, or symbolic as chmod does.
public struct FileModeChange: Hashable, Sendable {
    private enum Change: Hashable {
        case absolute(UInt32)
        /// Whose bits, what is done, which bits, and whether `X` was named.
        case symbolic(who: UInt32, action: Character, bits: UInt32, onlyExecutable: Bool)
    }

    private let changes: [Change]

    /// Reads `755`, `0644`, `u=rwX,go=rX`, `a+x`, `+x`; `nil` where it is no mode.
    public init?(_ text: String) {
        if !text.isEmpty, text.utf8.allSatisfy({ (48...55).contains($0) }) {
            guard let mode = UInt32(text, radix: 8), mode <= 0o7777 else { return nil }
            changes = [.absolute(mode)]
            return
        }
        var found: [Change] = []
        for clause in text.split(separator: ",", omittingEmptySubsequences: false) {
            let people = clause.prefix { "ugoa".contains($0) }
            var who: UInt32 = people.isEmpty ? 0o7777 : 0
            for person in people {
                switch person {
                case "u": who |= 0o4700
                case "g": who |= 0o2070
                case "o": who |= 0o1007
                default: who |= 0o7777
                }
            }
            var rest = clause.dropFirst(people.count)
            guard !rest.isEmpty else { return nil }
            while let action = rest.first {
                guard "+-=".contains(action) else { return nil }
                rest = rest.dropFirst()
                let letters = rest.prefix { "rwxXst".contains($0) }
                rest = rest.dropFirst(letters.count)
                var bits: UInt32 = 0
                for letter in letters {
                    switch letter {
                    case "r": bits |= 0o444
                    case "w": bits |= 0o222
                    case "x": bits |= 0o111
                    case "s": bits |= 0o6000
                    case "t": bits |= 0o1000
                    default: break
                    }
                }
                found.append(
                    .symbolic(who: who, action: action, bits: bits, onlyExecutable: letters.contains("X")))
            }
        }
        changes = found
    }

    /// The mode that a file has afterwards.
    ///
    /// - Parameters:
    ///   - mode: the permission bits before.
    ///   - isFolder: whether it is a folder, for `X`.
    /// - Returns: the permission bits.
    public func applied(to mode: UInt32, isFolder: Bool) -> UInt32 {
        var mode = mode
        for change in changes {
            switch change {
            case .absolute(let value): mode = value
            case .symbolic(let who, let action, let bits, let onlyExecutable):
                let executable: UInt32 = onlyExecutable && (isFolder || mode & 0o111 != 0) ? 0o111 : 0
                let chosen = (bits | executable) & who
                switch action {
                case "+": mode |= chosen
                case "-": mode &= ~chosen
                default: mode = (mode & ~(who & (isFolder ? 0o777 : 0o7777))) | chosen
                }
            }
        }
        return mode
    }
}
