import CTareData
import TareCore

/// The EC2 instance types that a host can be named after.
public enum EC2Catalog {
    private static let loaded: Result<[EC2InstanceType], TareError> = Result { () throws(TareError) in
        var types: [EC2InstanceType] = []
        let table = try CSVTable(EmbeddedFile(tare_data_ec2_instance_types()), subject: "ec2-instance-types.csv")
        for record in table.records { types.append(try EC2InstanceType(record)) }
        return types
    }

    /// All types, in the table's order.
    ///
    /// - Returns: the types.
    /// - Throws: `TareError.corrupt` where the embedded table is damaged.
    public static func all() throws(TareError) -> [EC2InstanceType] { try loaded.get() }

    /// One type.
    ///
    /// - Parameter name: `m6i.metal`.
    /// - Returns: its row.
    /// - Throws: `TareError.notFound` with the nearest name.
    public static func type(named name: String) throws(TareError) -> EC2InstanceType {
        let types = try all()
        if let type = types.first(where: { $0.name == name }) { return type }
        let nearest = Suggestion.nearest(to: name, among: types.map(\.name))
        throw TareError(
            .notFound,
            subject: name,
            "the catalogue has no EC2 instance type of this name",
            hint: nearest.map { "did you mean \($0)?" } ?? "one of: \(types.map(\.name).joined(separator: ", "))"
        )
    }

    /// NUMA nodes of a metal size: recalled, so assumed; 1 for sizes that the table does not name.
    ///
    /// - Parameter name: the type's name.
    /// - Returns: the number of nodes.
    /// - Throws: `TareError.corrupt` where the embedded table is damaged.
    public static func numaNodes(of name: String) throws(TareError) -> Figure {
        let table = try CSVTable(EmbeddedFile(tare_data_host_topology()), subject: "host-topology.csv")
        for record in table.records where record.text("host") == name {
            return .assumed(Double(try record.integer("numa_nodes")), "count")
        }
        return .assumed(1, "count")
    }

    /// The share of every vCPU that a burstable size has for ever: recalled by size, so assumed; 1 for other families.
    ///
    /// - Parameter name: `t3.medium`.
    /// - Returns: a ratio of 0 to 1.
    /// - Throws: `TareError.notFound` for a type that the catalogue does not have.
    public static func creditBaseline(of name: String) throws(TareError) -> Figure {
        guard try type(named: name).burstable else { return .assumed(1, "ratio") }
        let sizes = ["nano": 0.05, "micro": 0.1, "small": 0.2, "medium": 0.2, "large": 0.3]
        let size = name.split(separator: ".").last.map(String.init) ?? ""
        return .assumed(sizes[size] ?? 0.4, "ratio")
    }
}
