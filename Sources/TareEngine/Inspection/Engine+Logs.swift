import Glibc
import TareCore
import TareLinux
import TareRuntime

extension Engine {
    /// Reads a container's log.
    ///
    /// - Parameters:
    ///   - id: the container.
    ///   - tail: only the last lines; `nil` for all.
    ///   - since: only lines from this time on, RFC 3339 in UTC.
    ///   - follows: goes on until the container has ended, or an interrupt.
    ///   - body: gets each entry, oldest first.
    /// - Throws: `unsupported` where it keeps no log.
    public func readLog(
        _ id: ContainerID,
        tail: Int? = nil,
        since: String? = nil,
        follows: Bool = false,
        _ body: (ContainerLog.Entry) throws(TareError) -> Void
    ) throws(TareError) {
        let folder = containers.folder(id)
        guard try !folder.readRecord().options.hasNoLog else {
            throw TareError(
                .unsupported, subject: id.short, "the container keeps no log: it was made with --log-driver none")
        }
        let log = ContainerLog(folder.run)
        // Where following begins is read before the lines are: a line may then come twice, but none is missed.
        var place = FilePlace(folder.run.log)
        var entries = try log.entries().filter { entry in since.map { entry.time >= $0 } ?? true }
        if let tail, entries.count > tail { entries.removeFirst(entries.count - tail) }
        for entry in entries { try body(entry) }
        guard follows else { return }
        let last = entries.last
        var rest: [UInt8] = []
        var isOver = false
        while true {
            try InterruptFlag.check(id.short)
            let bytes = try place.more()
            if bytes.isEmpty {
                if isOver { return }
                // What was written before the end is read once more after it.
                if case .supervised = try folder.run.status() { usleep(50_000) } else { isOver = true }
                continue
            }
            rest += bytes
            let (found, taken) = try ContainerLog.entries(in: rest, subject: folder.run.log)
            rest.removeFirst(taken)
            for entry in found where last.map({ entry.time > $0.time }) ?? true { try body(entry) }
        }
    }
}
