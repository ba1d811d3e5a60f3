import Glibc
import TareLinux

/// What a store is told about its surroundings.
public struct NetworkSettings: Sendable, Hashable {
    /// The file of the network namespace in which bridges and rules are made; `nil` for the calling process's own.
    ///
    /// Tests give one of theirs and touch nothing of the host.
    public var hostNamespace: String?
    /// Containers a bridge at most.
    ///
    /// The kernel's bridge takes 1,023 ports (BR_MAX_PORTS of net/bridge/br_private.h).
    public var bridgeCapacity = 1000
    /// Where addresses are taken from for a network without a stated subnet, in this order.
    public var pools: [Subnet] = (96...127).compactMap { Subnet("10.\($0).0.0/16") }
    /// The folder of what ends with the machine's run, best on a tmpfs.
    ///
    /// `nil` for /run/tare where the root is under /var/lib/tare, and for the root itself otherwise. On ext4 a third of an
    /// attach's processor time goes into looking for inodes that were not deleted in the last seconds.
    public var runFolder: String?
    /// The host's name servers file.
    public var resolverFile = "/etc/resolv.conf"
    /// The program that answers names and forwards `[::1]`: `tare-net`; `nil` for none, then names are in /etc/hosts only.
    public var helper: String?

    /// The usual settings.
    public init() {}

    /// `tare-net` beside the running program, where it is there.
    public static func helperBesideProgram() -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { return nil }
        let own = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = PathText.join(PathText.folder(of: own), "tare-net")
        return access(path, X_OK) == 0 ? path : nil
    }
}
