import TareCore

extension RunMount {
    /// What `type` a mount may have beside ours: BuildKit knows it, Tare does not do it.
    private static let refused = ["ssh": "no agent of keys is passed into a build"]
    private static let names = [
        "type", "from", "source", "src", "target", "dst", "destination", "readonly", "ro", "readwrite", "rw",
        "required", "size", "id", "sharing", "mode", "uid", "gid", "env",
    ]

    /// What is wrong with a mount, for the place where it is written.
    public struct Mistake: Error, Hashable, Sendable {
        /// What is wrong.
        public var message: String
        /// What to do.
        public var hint: String?

        init(_ message: String, hint: String? = nil) {
            self.message = message
            self.hint = hint
        }
    }

    /// Reads `type=cache,target=/x,sharing=locked`.
    ///
    /// - Parameters:
    ///   - text: the flag's value.
    ///   - expand: replaces variables in a value.
    /// - Throws: `Mistake` where a field is unknown, does not fit its type or its value.
    public init(_ text: String, expand: (String) throws(Mistake) -> String = { $0 }) throws(Mistake) {
        self.init(
            kind: .bind, isReadOnly: true, sharing: .shared, isRequired: false
        )
        var given: [String: String] = [:]
        for field in try Self.fields(text) {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = (parts.first ?? "").lowercased()
            guard Self.names.contains(name) else {
                let meant = Suggestion.nearest(to: name, among: Self.names)
                throw Mistake("a mount has no field '\(name)'", hint: meant.map { "did you mean \($0)?" })
            }
            if parts.count == 1 {
                guard ["readonly", "ro", "readwrite", "rw", "required"].contains(name) else {
                    throw Mistake("the field '\(name)' of a mount needs a value", hint: "write \(name)=VALUE")
                }
                given[name] = "true"
            } else if name == "from", parts[1].contains("$") {
                throw Mistake(
                    "'from' of a mount takes no variables", hint: "name a stage FROM ${...} AS x, and use from=x")
            } else {
                given[name] = try expand(parts[1])
            }
        }
        try read(given)
        try check(given)
    }

    private mutating func read(_ given: [String: String]) throws(Mistake) {
        if let type = given["type"]?.lowercased() {
            if let reason = Self.refused[type] { throw Mistake("a mount of type \(type) is not done: \(reason)") }
            kind = try Self.word(type, "type")
        }
        from = given["from"]
        source = given["source"] ?? given["src"]
        target = given["target"] ?? given["dst"] ?? given["destination"]
        id = given["id"]
        environmentName = given["env"]
        isReadOnly = kind == .bind
        if let value = given["readonly"] ?? given["ro"] { isReadOnly = try Self.truth(value) }
        if let value = given["readwrite"] ?? given["rw"] { isReadOnly = try !Self.truth(value) }
        if let value = given["required"] { isRequired = try Self.truth(value) }
        if let value = given["sharing"] { sharing = try Self.word(value.lowercased(), "sharing") }
        if let value = given["size"] { sizeBytes = try Self.size(value) }
        if let value = given["mode"] { mode = try Self.number(value, "mode", radix: 8) }
        if let value = given["uid"] { uid = try Self.number(value, "uid", radix: 10) }
        if let value = given["gid"] { gid = try Self.number(value, "gid", radix: 10) }
    }

    private func check(_ given: [String: String]) throws(Mistake) {
        let allowed: [String: Set<Kind>] = [
            "from": [.bind, .cache], "source": [.bind, .cache, .secret], "src": [.bind, .cache, .secret],
            "sharing": [.cache], "size": [.tmpfs], "required": [.secret], "env": [.secret], "id": [.cache, .secret],
            "mode": [.cache, .secret], "uid": [.cache, .secret], "gid": [.cache, .secret],
        ]
        for name in given.keys.sorted() where allowed[name]?.contains(kind) == false {
            throw Mistake("the field '\(name)' does not go with a mount of type \(kind.rawValue)")
        }
        if kind == .secret {
            guard id != nil || source != nil || target != nil else {
                throw Mistake("a secret needs an id", hint: "write id=NAME")
            }
        } else if target?.isEmpty ?? true {
            throw Mistake("a mount needs a target", hint: "write target=/PATH")
        }
    }

    /// Cuts at commas; a field in double quotes may hold some, as in CSV.
    private static func fields(_ text: String) throws(Mistake) -> [String] {
        var fields: [String] = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        if isQuoted { throw Mistake("the closing double quote of a mount is missing") }
        return fields
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, _ name: String
    ) throws(Mistake) -> Word where Word.RawValue == String {
        if let word = Word(rawValue: text) { return word }
        let all = Word.allCases.map(\.rawValue)
        throw Mistake("'\(text)' is no \(name) of a mount", hint: "there are \(all.joined(separator: ", "))")
    }

    private static func truth(_ text: String) throws(Mistake) -> Bool {
        switch text.lowercased() {
        case "true", "1", "t": true
        case "false", "0", "f": false
        default: throw Mistake("'\(text)' is neither true nor false")
        }
    }

    private static func number(_ text: String, _ name: String, radix: Int) throws(Mistake) -> UInt32 {
        if text.contains("$") { return 0 }
        guard let number = UInt32(text, radix: radix) else {
            throw Mistake("the \(name) '\(text)' is no \(radix == 8 ? "octal " : "")number")
        }
        return number
    }

    /// Bytes, or with a unit of 1024: `64m`, `1gb`.
    private static func size(_ text: String) throws(Mistake) -> Int64 {
        let lower = text.lowercased()
        let digits = lower.prefix { $0.isASCII && $0.isNumber }
        let unit = lower.dropFirst(digits.count)
        let shifts: [Substring: Int64] = [
            "": 0, "b": 0, "k": 10, "kb": 10, "kib": 10, "m": 20, "mb": 20, "mib": 20, "g": 30, "gb": 30, "gib": 30,
        ]
        guard let number = Int64(digits), let shift = shifts[unit], number < 1 << 32 else {
            throw Mistake("'\(text)' is no size", hint: "write bytes, or a number with k, m or g")
        }
        return number << shift
    }
}
