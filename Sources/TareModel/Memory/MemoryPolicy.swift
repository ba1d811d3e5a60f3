/// Where an instance's memory comes from on a host of several NUMA nodes.
public enum MemoryPolicy: String, Sendable, Codable, CaseIterable {
    /// From the node where its CPUs are; what does not fit, from the nearest others.
    case localFirst = "local-first"
    /// In equal parts from all nodes.
    case interleave
    /// From the node where its CPUs are, or not at all.
    case bind
}
