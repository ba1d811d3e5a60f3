import CTareLinux
import Glibc
import TareCore
import TareLinux

/// Two connected sockets: one stays here, a child inherits the other.
struct SocketPair: ~Copyable {
    var ours: OwnedFileDescriptor
    var theirs: OwnedFileDescriptor

    /// Makes them; `exhausted` where there are no descriptors left.
    init(_ name: String) throws(TareError) {
        var here: Int32 = -1
        var there: Int32 = -1
        let failure = tare_stream_pair(&here, &there)
        guard failure == 0 else { throw .system("cannot make sockets", subject: name, errno: failure) }
        ours = OwnedFileDescriptor(taking: here, path: name)
        theirs = OwnedFileDescriptor(taking: there, path: name)
    }
}
