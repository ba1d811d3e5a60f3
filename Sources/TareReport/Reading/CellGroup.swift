import TareExperiment

/// Cells that differ in the number of instances only.
struct CellGroup: Sendable {
    /// The settings that they share.
    let settings: [String: String]
    /// The cells by number of instances.
    let cells: [Cell]

    /// What the group is, in words: `flask on debian-12-cloud`.
    var label: String {
        var parts: [String] = []
        if let workload = settings["workload"] ?? settings["app"] { parts.append(workload) }
        if let guest = settings["os"] ?? settings["guest"] { parts.append(parts.isEmpty ? guest : "on \(guest)") }
        let others = settings.filter { !["workload", "app", "os", "guest"].contains($0.key) }
        let rest = others.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        if !rest.isEmpty { parts.append(parts.isEmpty ? rest : "(\(rest))") }
        return parts.isEmpty ? "all services" : parts.joined(separator: " ")
    }

    /// All groups, in the order of their first cells.
    static func groups(of cells: [Cell]) -> [CellGroup] {
        var order: [[String: String]] = []
        var members: [[String: String]: [Cell]] = [:]
        for cell in cells {
            let settings = cell.settings.filter { $0.key != "n" }
            if members[settings] == nil { order.append(settings) }
            members[settings, default: []].append(cell)
        }
        return order.map { settings in
            CellGroup(settings: settings, cells: (members[settings] ?? []).sorted { $0.instances < $1.instances })
        }
    }

    /// The group that a page opens with: the most cells, among these a small web service on a full guest, else the first.
    static func reference(_ groups: [CellGroup]) -> CellGroup? {
        guard let most = groups.map(\.cells.count).max() else { return nil }
        let largest = groups.filter { $0.cells.count == most }
        let web = largest.filter { $0.settings["workload"] == "flask" }
        let candidates = web.isEmpty ? largest : web
        return candidates.first { $0.settings["os"]?.contains("cloud") ?? false } ?? candidates.first
    }
}
