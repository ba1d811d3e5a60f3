import Glibc
import TareCore
import TareLinux

/// The files of a folder.
struct FolderMembers: MemberStore {
    let subject: String

    func contains(_ name: String) -> Bool { access(subject + "/" + name, F_OK) == 0 }

    func open(_ name: String) throws(TareError) -> any ByteInput {
        guard contains(name) else { throw missing(name) }
        return try FileInput(subject + "/" + name)
    }
}
