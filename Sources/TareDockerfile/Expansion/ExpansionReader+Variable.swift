extension ExpansionReader {
    /// Reads `$name` or `${...}`, at the dollar sign.
    mutating func variable(keepsEscapes: Bool, value: Values) throws(ExpansionFailure) -> String {
        index += 1
        guard let first = peek else { return "$" }
        guard first == "{" else {
            let name = name()
            if name.isEmpty { return "$" }
            return look(up: name, value) ?? (rules.keepsUnset ? "$" + name : "")
        }
        index += 1
        switch peek {
        case nil: throw failure("the closing '}' is missing")
        case "{", "}", ":": throw failure("'${' needs the name of a variable behind it")
        default: break
        }
        let name = name()
        guard let modifier = next() else { throw failure("the closing '}' is missing") }
        switch modifier {
        case "}":
            return look(up: name, value) ?? (rules.keepsUnset ? "${\(name)}" : "")
        case ":":
            guard let kind = next() else { throw failure("the closing '}' is missing") }
            guard kind == "-" || kind == "+" || kind == "?" else {
                throw failure("':\(kind)' is no modifier of a variable; ':-', ':+' and ':?' are")
            }
            return try modified(name, by: kind, emptyIsUnset: true, value: value)
        case "-", "+", "?", "#", "%":
            return try modified(name, by: modifier, emptyIsUnset: false, value: value)
        case "/":
            return try replaced(name, value: value)
        default:
            throw failure("'\(modifier)' is no modifier of a variable")
        }
    }

    private mutating func modified(
        _ name: String, by kind: Unicode.Scalar, emptyIsUnset: Bool, value: Values
    ) throws(ExpansionFailure) -> String {
        let isPattern = kind == "#" || kind == "%"
        let word = try read(until: "}", keepsEscapes: isPattern, value: value).text
        let found = look(up: name, value)
        if rules.keepsUnset, found == nil { return "${\(name)\(emptyIsUnset ? ":" : "")\(kind)\(word)}" }
        let isMissing = found == nil || (emptyIsUnset && found?.isEmpty == true)
        switch kind {
        case "-": return isMissing ? word : found ?? ""
        case "+": return isMissing ? "" : word
        case "?":
            guard isMissing else { return found ?? "" }
            let reason = found == nil ? "is not allowed to be unset" : "is not allowed to be empty"
            throw failure("\(name): \(word.isEmpty ? reason : word)")
        default:
            let longest = word.unicodeScalars.first == kind
            let pattern = try ExpansionPattern(longest ? word.unicodeScalars.dropFirst().text : word, at: index)
            let text = Array((found ?? "").unicodeScalars)
            return kind == "#"
                ? pattern.removingPrefix(of: text, longest: longest)
                : pattern.removingSuffix(of: text, longest: longest)
        }
    }

    /// `${name/pattern/replacement}`, at the scalar behind the first `/`.
    private mutating func replaced(_ name: String, value: Values) throws(ExpansionFailure) -> String {
        let all = peek == "/"
        if all { index += 1 }
        let pattern = try read(until: "/", keepsEscapes: true, value: value).text
        let replacement = try read(until: "}", keepsEscapes: true, value: value).text
        let found = look(up: name, value)
        if rules.keepsUnset, found == nil { return "${\(name)\(all ? "//" : "/")\(pattern)/\(replacement)}" }
        return try ExpansionPattern(pattern, at: index)
            .replacing(in: Array((found ?? "").unicodeScalars), with: replacement, all: all)
    }

    private mutating func look(up name: String, _ value: Values) -> String? {
        let found = value(name)
        if found == nil { unset.insert(name) } else { used.insert(name) }
        return found
    }

    /// A name of letters, digits and `_`; a number; or one of the shell's special parameters.
    private mutating func name() -> String {
        let start = index
        guard let first = peek else { return "" }
        if Self.isDigit(first) {
            while let scalar = peek, Self.isDigit(scalar) { index += 1 }
        } else if "@*#?-$!0".unicodeScalars.contains(first) {
            index += 1
        } else {
            while let scalar = peek, Self.isLetter(scalar) || Self.isDigit(scalar) || scalar == "_" { index += 1 }
        }
        return scalars[start..<index].text
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}
