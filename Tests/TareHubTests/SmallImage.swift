import FoundationEssentials
import TareCore
import TareLinux
import TareOCI

/// An OCI layout with one image of one file, made by hand.
enum SmallImage {
    static func write(to folder: String) throws {
        let blobs = folder + "/blobs/sha256"
        try FileManager.default.createDirectory(atPath: blobs, withIntermediateDirectories: true)
        func put(_ bytes: [UInt8], _ type: MediaType) throws -> Descriptor {
            let digest = try SHA256.digest(of: bytes)
            try Data(bytes).write(to: URL(filePath: "\(blobs)/\(digest.hex)"))
            return Descriptor(mediaType: type, digest: digest, size: Int64(bytes.count))
        }
        let layer = try put(tar(name: "hello", content: Array("hello\n".utf8)), .layer)
        let config = ImageConfig(rootfs: .init(diffIDs: [layer.digest]))
        let configured = try put(Array(JSONText.encode(config).utf8), .config)
        let manifest = ImageManifest(config: configured, layers: [layer])
        var listed = try put(Array(JSONText.encode(manifest).utf8), .manifest)
        listed.annotations = ["org.opencontainers.image.ref.name": "v1"]
        try Data(JSONText.encode(ImageIndex(manifests: [listed])).utf8).write(to: URL(filePath: folder + "/index.json"))
        try Data(JSONText.encode(ImageLayout()).utf8).write(to: URL(filePath: folder + "/oci-layout"))
    }

    /// A ustar archive of one file.
    private static func tar(name: String, content: [UInt8]) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func field(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        func octal(_ value: Int, _ width: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: width - digits.count) + digits
        }
        field(name, at: 0)
        field(octal(0o644, 7), at: 100)
        field(octal(0, 7), at: 108)
        field(octal(0, 7), at: 116)
        field(octal(content.count, 11), at: 124)
        field(octal(0, 11), at: 136)
        field("        ", at: 148)
        field("0", at: 156)
        field("ustar", at: 257)
        field("00", at: 263)
        field(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        let padding = [UInt8](repeating: 0, count: (512 - content.count % 512) % 512 + 1024)
        return header + content + padding
    }
}
