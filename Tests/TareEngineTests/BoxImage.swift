import FoundationEssentials
import Glibc
import TareCore
import TareImages
import TareLinux
import TareOCI

/// A real image made from Debian's static busybox: two layers, the links of its applets and a file.
enum BoxImage {
    static func store(in library: ImageLibrary, name: String) throws {
        let lease = try library.content.lease("test")
        let busybox = try FileReading.bytes(at: "/bin/busybox")
        var first = TarText()
        for folder in ["bin", "etc", "tmp", "dev", "proc", "sys", "var"] {
            first.folder(folder, mode: folder == "tmp" ? 0o1777 : 0o755)
        }
        first.file("bin/busybox", busybox, mode: 0o755)
        for applet in [
            "sh", "cat", "ls", "echo", "sleep", "id", "env", "pwd", "hostname", "wget", "httpd", "nc", "kill", "dd",
            "touch", "rm", "mkdir", "stat", "ip", "mount", "test", "true", "false", "head", "grep", "nslookup",
        ] {
            first.link("bin/\(applet)", to: "busybox")
        }
        first.file("etc/passwd", Array("root:x:0:0::/root:/bin/sh\nweb:x:33:34::/srv:/bin/sh\n".utf8))
        first.file("etc/group", Array("root:x:0:\nweb:x:34:\nextra:x:50:web\n".utf8))
        var second = TarText()
        second.folder("srv")
        second.file("srv/greeting", Array("hello from the image\n".utf8))
        var diffs: [Digest] = []
        var layers: [Descriptor] = []
        for tar in [first.bytes, second.bytes] {
            diffs.append(try SHA256.digest(of: tar))
            layers.append(try library.content.put(tar, mediaType: .layer, lease: lease))
        }
        var config = ImageConfig(rootfs: .init(diffIDs: diffs))
        var execution = ImageConfig.Execution()
        execution.command = ["sh", "-c", "cat /srv/greeting"]
        execution.environment = ["PATH=/bin", "FROM_IMAGE=yes"]
        execution.exposedPorts = ["80/tcp"]
        config.config = execution
        let configured = try library.content.put(document: config, mediaType: .config, lease: lease)
        let manifest = ImageManifest(config: configured, layers: layers)
        let target = try library.content.put(document: manifest, mediaType: .manifest, lease: lease)
        try library.names.put(try ImageReference(name).description, target)
    }
}

/// A ustar archive, written by hand.
struct TarText {
    private var content: [UInt8] = []

    var bytes: [UInt8] { content + [UInt8](repeating: 0, count: 1024) }

    mutating func folder(_ name: String, mode: Int = 0o755) { entry(name + "/", "5", [], mode: mode) }

    mutating func file(_ name: String, _ bytes: [UInt8], mode: Int = 0o644) { entry(name, "0", bytes, mode: mode) }

    mutating func link(_ name: String, to target: String) { entry(name, "2", [], mode: 0o777, target: target) }

    private mutating func entry(_ name: String, _ type: String, _ bytes: [UInt8], mode: Int, target: String = "") {
        var header = [UInt8](repeating: 0, count: 512)
        func field(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        func octal(_ value: Int, _ width: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: width - digits.count) + digits
        }
        field(name, at: 0)
        field(octal(mode, 7), at: 100)
        field(octal(0, 7), at: 108)
        field(octal(0, 7), at: 116)
        field(octal(bytes.count, 11), at: 124)
        field(octal(0, 11), at: 136)
        field("        ", at: 148)
        field(type, at: 156)
        field(target, at: 157)
        field("ustar", at: 257)
        field("00", at: 263)
        field(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        content += header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }
}
