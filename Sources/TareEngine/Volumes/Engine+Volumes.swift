import TareCore

extension Engine {
    /// The containers that have each volume, whether they run or not.
    ///
    /// - Complexity: O(containers), a small file each.
    public func volumeUsers() throws(TareError) -> [String: [ContainerID]] {
        var users: [String: [ContainerID]] = [:]
        for id in try containers.ids() {
            guard let record = try? containers.folder(id).readRecord() else { continue }
            for mount in record.options.mounts {
                if case .volume(let name) = mount.source { users[name, default: []].append(id) }
            }
        }
        return users
    }

    /// Removes a volume that no container has.
    ///
    /// - Throws: `notFound`; `invalid` where a container has it.
    public func removeVolume(_ name: String) throws(TareError) {
        guard try volumes.find(name) != nil else {
            throw TareError(.notFound, subject: name, "there is no such volume", hint: "`tare volume ls` lists them")
        }
        let users = try volumeUsers()[name] ?? []
        guard users.isEmpty else {
            let some = users.prefix(3).map(\.short).joined(separator: ", ")
            throw TareError(
                .invalid,
                subject: name,
                "cannot remove the volume: \(users.count == 1 ? "a container has" : "\(users.count) containers have") it (\(some))",
                hint: "remove what has it first"
            )
        }
        try volumes.remove(name)
        events.add(.volume, "destroy", name)
    }
}
