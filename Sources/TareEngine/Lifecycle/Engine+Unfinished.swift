import TareCore
import TareLinux

extension Engine {
    /// Lists the containers whose making or removing a kill cut off, which `recover` would remove; changes nothing.
    ///
    /// - Returns: their ids; those that somebody makes or removes right now are not among them.
    /// - Throws: what listing the containers throws.
    public func unfinished() throws(TareError) -> [ContainerID] {
        try containers.ids().filter { id in
            let phase = (try? containers.folder(id).readState().phase) ?? .creating
            guard phase == .creating || phase == .removing else { return false }
            return (try? FileLock(containers.folder(id).lock)) != nil
        }
    }
}
