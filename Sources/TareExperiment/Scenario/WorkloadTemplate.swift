import TareCore

/// A workload as the file has it.
public struct WorkloadTemplate: Codable, Sendable, Hashable {
    /// Where the content comes from; the text may be a swept name.
    public var content: WorkloadContent
    /// Application data beyond the content: `20MiB` or `$app`; `nil` for none.
    public var payload: String?

    /// Makes a template.
    public init(content: WorkloadContent, payload: String? = nil) {
        self.content = content
        self.payload = payload
    }
}

/// Where a workload's content comes from.
public enum WorkloadContent: Codable, Sendable, Hashable {
    /// A workload of the catalogue, by its id.
    case builtin(String)
    /// A docker-archive, an OCI layout or a registry reference.
    case image(String)
    /// Layers by their sizes.
    case layers([LayerNumbers])
}

/// One layer described by its size.
public struct LayerNumbers: Codable, Sendable, Hashable {
    /// What the layer is for: `run` is runtime, `copy` is application.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Made by a command: the runtime.
        case run
        /// Copied in: the application.
        case copy
    }

    /// Run or copy.
    public var kind: Kind
    /// What it does, for people.
    public var title: String
    /// Unpacked size.
    public var size: ByteCount

    /// Makes a layer.
    public init(kind: Kind, title: String, size: ByteCount) {
        self.kind = kind
        self.title = title
        self.size = size
    }
}
