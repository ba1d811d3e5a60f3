/// The forms in which images are written out.
public enum SaveFormat: String, Sendable, CaseIterable {
    /// A folder with the layout of the image specification.
    case layout
    /// The same as a tar.
    case layoutArchive = "oci-archive"
    /// What `docker load` reads: a tar with unpacked layers.
    case dockerArchive = "docker-archive"
}
