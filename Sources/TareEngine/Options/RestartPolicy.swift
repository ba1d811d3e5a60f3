import TareCore

/// Whether and when a container that has ended is started again.
public struct RestartPolicy: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The rules.
    public enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
        /// Never.
        case no
        /// Where its exit code is not 0.
        case onFailure = "on-failure"
        /// Whatever its exit code.
        case always
        /// As always, but not after a user stopped it.
        case unlessStopped = "unless-stopped"
    }

    /// The rule.
    public var rule: Rule
    /// The most restarts of `on-failure`; `nil` for no limit.
    public var limit: Int?

    /// Never.
    public static let never = RestartPolicy(rule: .no)

    /// Takes a rule and a limit.
    public init(rule: Rule, limit: Int? = nil) {
        self.rule = rule
        self.limit = limit
    }

    /// Reads `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:5`.
    ///
    /// - Throws: `usage` with the word that was meant.
    public init(_ text: String) throws(TareError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let rule = Rule(rawValue: parts[0]) else {
            let near = Suggestion.nearest(to: parts[0], among: Rule.allCases.map(\.rawValue))
            throw TareError(
                .usage,
                subject: "--restart \(text)",
                "not a restart policy",
                hint: near.map { "did you mean \($0)?" } ?? "use no, always, unless-stopped or on-failure[:N]"
            )
        }
        self.rule = rule
        guard parts.count > 1 else { return }
        guard rule == .onFailure, let limit = Int(parts[1]), limit >= 0 else {
            throw TareError(.usage, subject: "--restart \(text)", "only on-failure takes a number, from 0 on")
        }
        // 0 is docker's word for no limit.
        self.limit = limit == 0 ? nil : limit
    }

    /// `on-failure:5`.
    public var description: String { rule.rawValue + (limit.map { ":\($0)" } ?? "") }

    /// Whether a container is started again.
    ///
    /// - Parameters:
    ///   - code: how it ended.
    ///   - restarts: how often it was started again already.
    ///   - wasStopped: whether a user stopped it.
    /// - Returns: whether it is started again.
    public func restarts(after code: Int32, restarts: Int, wasStopped: Bool) -> Bool {
        guard !wasStopped else { return false }
        switch rule {
        case .no: return false
        case .onFailure: return code != 0 && restarts < limit ?? .max
        case .always, .unlessStopped: return true
        }
    }

    /// Milliseconds to wait before a restart: 100, doubled with each one, at most a minute.
    ///
    /// A container that ran for ten seconds is taken as healthy, and its next wait begins anew.
    ///
    /// - Parameter streak: restarts in a row after short runs, from 0.
    /// - Returns: milliseconds.
    public static func wait(streak: Int) -> Int { min(100 << min(streak, 20), 60_000) }

    /// Seconds of running after which the wait begins anew.
    public static let healthyRun: Double = 10
}
