import Dispatch
import Glibc
import Synchronization
import TareCore

/// Walks a directory of this host on several threads; what it gives does not depend on how many.
///
///     the upper folders, one after the other -> the folders below them, handed to free threads -> one list by path
///
/// A file costs one `fstatat`, a folder an `openat`, and its names come in large buffers.
struct DirectoryWalk {
    let root: String
    let threads: Int

    private struct Pending {
        var path: [UInt8]
        /// Its place among the shard's entries; `nil` for the root.
        var entry: Int?
    }

    private struct State {
        var shards: [DirectoryShard] = []
        /// The shard and listing of each folder that was handed on.
        var handedOn: [(shard: Int, listing: Int)]
        var failure: DirectoryShard.Failure?
    }

    /// All entries by path, the root first.
    func run() throws(TareError) -> [FileNode] {
        let top = root.isEmpty ? "/" : root
        let descriptor = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ENOTDIR, access(top, F_OK) == 0 else { throw DirectoryReader.failure(top, number) }
            throw TareError(.invalid, subject: top, "cannot weigh it as a directory: it is not one")
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw DirectoryReader.failure(top, errno) }
        let first = FileNode(
            path: "/", kind: .directory, mode: facts.st_mode, size: 0, allocated: Int64(facts.st_blocks) * 512)
        do throws(DirectoryShard.Failure) {
            let state = try shards(descriptor, facts.st_dev)
            return merged(first, state)
        } catch {
            throw DirectoryReader.failure(root + "/" + EntryName.text(error.path), error.errno)
        }
    }

    private func shards(_ root: Int32, _ device: dev_t) throws(DirectoryShard.Failure) -> State {
        var upper = DirectoryShard()
        var queue = [Pending(path: [46, 0])]
        var next = 0
        while next < queue.count, threads == 1 || queue.count - next < 64 * threads {
            try Self.list(queue[next], &upper, root, device, &queue)
            next += 1
        }
        let rest = Array(queue[next...])
        for (number, folder) in rest.enumerated() {
            if let entry = folder.entry { upper.place(entry, at: .handedOn(number)) }
        }
        let state = Mutex(State(handedOn: rest.map { _ in (0, 0) }))
        let turn = Atomic<Int>(0)
        let start = upper
        state.withLock { $0.shards.append(start) }
        let worker = { @Sendable () -> Void in
            var shard = DirectoryShard()
            var own: [(folder: Int, listing: Int)] = []
            var failure: DirectoryShard.Failure?
            do throws(DirectoryShard.Failure) {
                while true {
                    let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard number < rest.count else { break }
                    var pending = [Pending(path: rest[number].path)]
                    own.append((number, shard.listings.count))
                    while let folder = pending.popLast() { try Self.list(folder, &shard, root, device, &pending) }
                }
            } catch { failure = error }
            let (finished, listed, failed) = (shard, own, failure)
            state.withLock { state in
                for (folder, listing) in listed { state.handedOn[folder] = (state.shards.count, listing) }
                state.shards.append(finished)
                // Of several failures the one that comes first by path, whoever met it.
                guard let failed, state.failure.map({ failed.path.lexicographicallyPrecedes($0.path) }) ?? true else {
                    return
                }
                state.failure = failed
            }
        }
        if !rest.isEmpty {
            DispatchQueue.concurrentPerform(iterations: min(threads, rest.count)) { _ in worker() }
        }
        let end = state.withLock { $0 }
        if let failure = end.failure { throw failure }
        return end
    }

    private static func list(
        _ folder: Pending,
        _ shard: inout DirectoryShard,
        _ root: Int32,
        _ device: dev_t,
        _ pending: inout [Pending]
    ) throws(DirectoryShard.Failure) {
        let listing = try shard.list(folder.path, in: root, on: device)
        if let entry = folder.entry { shard.place(entry, at: .here(listing)) }
        for entry in shard.listings[listing] where shard.entries[entry].kind == .directory {
            pending.append(Pending(path: shard.path(of: entry, in: folder.path), entry: entry))
        }
    }

    private struct Cursor {
        var shard: Int
        var rest: Range<Int>
        var path: String
        var raw: [UInt8]?
    }

    private struct LinkIdentity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    /// Puts the shards together, from the root's listing down.
    private func merged(_ root: FileNode, _ state: State) -> [FileNode] {
        var nodes = [root]
        nodes.reserveCapacity(1 + state.shards.reduce(0) { $0 + $1.entries.count })
        var links: [LinkIdentity: Int] = [:]
        var stack = [Cursor(shard: 0, rest: state.shards[0].listings[0], path: "")]
        while var cursor = stack.popLast() {
            while let place = cursor.rest.first {
                cursor.rest = cursor.rest.dropFirst()
                let shard = state.shards[cursor.shard]
                let entry = shard.entries[place]
                let (path, raw) = DirectoryReader.joined(cursor.path, cursor.raw, shard.bytes[entry.name])
                var node = FileNode(
                    path: path,
                    kind: entry.kind,
                    mode: entry.mode,
                    size: entry.size,
                    allocated: entry.allocated,
                    rawPath: raw
                )
                if entry.isLinked {
                    let identity = LinkIdentity(device: entry.device, inode: entry.inode)
                    let group = links[identity] ?? links.count
                    links[identity] = group
                    node.link = group
                }
                if !entry.target.isEmpty { node.target = String(decoding: shard.bytes[entry.target], as: UTF8.self) }
                nodes.append(node)
                guard let listing = entry.listing else { continue }
                stack.append(cursor)
                switch listing {
                case .here(let number): cursor.rest = shard.listings[number]
                case .handedOn(let number):
                    let (other, listing) = state.handedOn[number]
                    cursor.shard = other
                    cursor.rest = state.shards[other].listings[listing]
                }
                cursor.path = path
                cursor.raw = raw
            }
        }
        return nodes
    }
}
