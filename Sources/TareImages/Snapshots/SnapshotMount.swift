import TareCore
import TareLinux

/// How a snapshot is mounted; a value, so that it can be written down and handed to another process.
public enum SnapshotMount: Hashable, Sendable {
    /// Layers on each other.
    case overlay(OverlayMount)
    /// One folder as it is.
    case folder(String, isReadOnly: Bool)

    /// Whether the mount can be written to.
    public var isWritable: Bool {
        switch self {
        case .overlay(let overlay): overlay.upper != nil
        case .folder(_, let isReadOnly): !isReadOnly
        }
    }

    /// Makes the mount without putting it anywhere: for a process that attaches it in a mount namespace of its own.
    ///
    /// - Parameter attributes: what it forbids besides.
    /// - Returns: the mount.
    /// - Throws: `TareError` with the errno.
    public func make(_ attributes: MountAttributes = []) throws(TareError) -> DetachedMount {
        switch self {
        case .overlay(let overlay): return try overlay.make(attributes)
        case .folder(let path, let isReadOnly):
            let mount = try DetachedMount(cloning: path)
            try mount.forbid(isReadOnly ? attributes.union(.readOnly) : attributes)
            return mount
        }
    }

    /// Mounts it at `path`, a folder; `Mounts.unmount` takes it away.
    public func mount(at path: String, _ attributes: MountAttributes = []) throws(TareError) {
        switch self {
        case .overlay(let overlay): try overlay.mount(at: path, attributes)
        case .folder: try make(attributes).attach(at: path)
        }
    }
}
