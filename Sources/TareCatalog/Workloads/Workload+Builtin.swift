extension Workload {
    /// The seven workloads of the comparison, from the lightest runtime to the heaviest.
    public static let builtins: [Workload] = [.hello, .nginx, .redis, .flask, .node, .java, .postgres]

    /// The workload with this id, or `nil` where there is none.
    public static func builtin(_ id: String) -> Workload? { builtins.first { $0.id == id } }
}
