/// What a layer's whiteouts (`.wh.name`, `.wh..wh..opq`) become.
public enum WhiteoutStyle: Hashable, Sendable {
    /// The marks that overlay reads: a character device 0:0, and an attribute on an opaque folder.
    case overlay
    /// They take away what is below: the layer is laid onto a tree that has the lower layers' files.
    case remove
    /// Files like others: the archive is no layer.
    case literal
}
