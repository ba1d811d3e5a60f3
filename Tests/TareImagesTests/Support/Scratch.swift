import Glibc
import TareCore
import TareLinux
import Testing

@testable import TareImages

/// A folder of a test's own, gone with the value; mounts in it are taken away first.
final class Scratch: @unchecked Sendable {
    let path: String
    private var mounts: [String] = []

    init(on parent: String = "/tmp") throws {
        path = parent + "/tare-images-" + StoreFolder.uniqueName()
        try FolderMaking.make(path)
    }

    deinit {
        for mount in mounts.reversed() { try? Mounts.unmount(mount, lazily: true) }
        try? TreeRemoval.remove(path)
    }

    func folder(_ name: String) throws -> String {
        try FolderMaking.make(path + "/" + name)
        return path + "/" + name
    }

    func library(_ kind: ImageLibrary.SnapshotKind = .overlay) throws -> ImageLibrary {
        try ImageLibrary(root: path + "/images", snapshots: kind)
    }

    /// Mounts a snapshot at a fresh folder.
    func mount(_ mount: SnapshotMount, _ name: String = "mnt") throws -> String {
        let target = try folder(name)
        try mount.mount(at: target)
        mounts.append(target)
        return target
    }

    func unmount(_ target: String) throws {
        try Mounts.unmount(target)
        mounts.removeAll { $0 == target }
    }

    /// Runs a shell script with `$W` as this folder; its output, or the test fails.
    @discardableResult
    func shell(_ script: String) throws -> String {
        let output = path + "/.output"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let words = ["/bin/bash", "-euc", "umask 022; export W=\(path); cd $W; " + script]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        var child: pid_t = 0
        try #require(posix_spawn(&child, "/bin/bash", &actions, nil, &arguments, environ) == 0)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        let text = try FileReading.text(at: output)
        try #require(status == 0, "\(script): \(text)")
        return text
    }

    /// All that a tree holds, a line an entry: type and mode, owner, size, time, device, link target, the entry's first
    /// name where it has several, digest of its content, attributes.
    func listing(_ root: String, times: Bool = true) throws -> [String] {
        let script = """
            import hashlib, os, stat, sys
            root, first, lines = os.fsencode(sys.argv[1]), {}, []
            def show(path):
                s = os.lstat(path)
                name = os.path.relpath(path, root)
                kind = stat.S_IFMT(s.st_mode)
                extra = os.readlink(path) if kind == stat.S_IFLNK else b''
                if kind == stat.S_IFREG: extra = hashlib.sha256(open(path, 'rb').read()).hexdigest().encode()
                again = first.setdefault(s.st_ino, name) if kind != stat.S_IFDIR else name
                marks = [os.fsencode(a) + b'=' + os.getxattr(path, a, follow_symlinks=False).hex().encode()
                         for a in sorted(os.listxattr(path, follow_symlinks=False))]
                size = 0 if kind == stat.S_IFDIR else s.st_size
                time = s.st_mtime_ns if sys.argv[2] == '1' else 0
                lines.append(b'|'.join([name, oct(s.st_mode).encode(), b'%d:%d' % (s.st_uid, s.st_gid), b'%d' % size,
                    b'%d' % time, b'%d' % s.st_rdev, extra, again] + marks))
            show(root)
            for folder, folders, files in os.walk(root):
                folders.sort()
                for name in sorted(folders + files): show(os.path.join(folder, name))
            sys.stdout.buffer.write(b'\\n'.join(sorted(lines)))
            """
        try AtomicFile.write(path + "/.listing.py", text: script)
        return try shell("python3 .listing.py \(root) \(times ? 1 : 0)").split(separator: "\n").map(String.init)
    }
}

extension [UInt8] {
    init(_ text: String) { self = Array(text.utf8) }
}
