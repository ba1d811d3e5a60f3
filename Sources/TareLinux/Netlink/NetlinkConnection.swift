import CTareLinux
import Glibc
import TareCore

/// Sends batches and matches what comes back: every request is acknowledged, or its error is thrown in the kernel's words.
public final class NetlinkConnection {
    private let transport: any NetlinkTransport
    private var sequence: UInt32 = 1
    /// What it took so far.
    public private(set) var count = NetlinkCount()

    /// Messages a datagram at most: their acknowledgements must fit the socket's receive buffer.
    static let most = 256

    /// A connection over the kernel's socket, or over a script.
    public init(_ transport: any NetlinkTransport) { self.transport = transport }

    /// Opens a socket in the calling thread's network namespace.
    public convenience init(_ family: NetlinkSocket.Family) throws(TareError) {
        self.init(try NetlinkSocket(family))
    }

    /// Carries the messages out in order and waits for every acknowledgement.
    ///
    /// Route messages are independent: those behind a failed one are carried out all the same, and the first error is
    /// thrown with the others as its causes. nftables batches are all or nothing.
    ///
    /// - Parameter batch: the messages.
    /// - Throws: the first error that no message tolerates.
    /// - Complexity: one send, and one receive an acknowledgement; blocks in the kernel.
    public func commit(_ batch: NetlinkBatch) throws(TareError) {
        var failures: [TareError] = []
        var start = 0
        while start < batch.count {
            // An nftables batch is one datagram: its begin and end mark it.
            let end = batch.isTransaction ? batch.count : min(start + Self.most, batch.count)
            try commit(batch, start..<end, &failures)
            start = end
        }
        guard var first = failures.first else { return }
        first.causes += failures.dropFirst().prefix(8)
        throw first
    }

    private func commit(_ batch: NetlinkBatch, _ range: Range<Int>, _ failures: inout [TareError]) throws(TareError) {
        let first = sequence
        sequence &+= UInt32(range.count)
        try send(batch.numbered(range, from: first), messages: range.count)
        var awaited = Set(range.filter { batch.entries[$0].acknowledged })
        while !awaited.isEmpty {
            for reply in try receive() {
                let place = Int(reply.sequence &- first)
                // An answer to an earlier request that was given up is not ours.
                guard place < range.count, let number = reply.acknowledgement else { continue }
                let index = range.lowerBound + place
                awaited.remove(index)
                let entry = batch.entries[index]
                if number == 0 || entry.tolerated.contains(number) { continue }
                failures.append(Self.failure(entry, number, reply.explanation))
                // The whole transaction is refused at its begin mark, and nothing else is answered.
                if batch.isTransaction, !entry.acknowledged || index == range.lowerBound { awaited = [] }
            }
        }
        try drain()
    }

    /// Sends one request and collects what it returns.
    ///
    /// - Parameters:
    ///   - request: a batch of one message; `NLM_F_DUMP` in its flags asks for a list.
    ///   - single: whether the first answer is the only one, without a closing mark.
    /// - Returns: the answers without the closing mark.
    /// - Throws: the request's error; `unavailable` where a list kept changing while it was read.
    /// - Complexity: O(answers); blocks in the kernel.
    func ask(_ request: NetlinkBatch, single: Bool = false) throws(TareError) -> [NetlinkReply] {
        precondition(request.count == 1, "a question is one message")
        let entry = request.entries[0]
        for _ in 0..<8 {
            let number = sequence
            sequence &+= 1
            try send(request.numbered(0..<1, from: number), messages: 1)
            var answers: [NetlinkReply] = []
            var interrupted = false
            var finished = false
            while !finished {
                for reply in try receive() where reply.sequence == number {
                    interrupted = interrupted || reply.flags & NLM_F_DUMP_INTR != 0
                    if let failure = reply.acknowledgement {
                        if failure != 0 { throw Self.failure(entry, failure, reply.explanation) }
                        finished = true
                    } else if reply.type == Int(NLMSG_DONE) {
                        finished = true
                    } else {
                        answers.append(reply)
                        finished = single
                    }
                }
            }
            if !interrupted { return answers }
        }
        throw TareError(
            .unavailable,
            subject: entry.subject,
            "cannot \(entry.wanted): the list kept changing while it was read",
            hint: "try again when less is being started at once"
        )
    }

    private func send(_ datagram: [UInt8], messages: Int) throws(TareError) {
        count.messages += messages
        count.bytes += datagram.count
        count.systemCalls += 1
        try transport.send(datagram)
    }

    private func receive() throws(TareError) -> [NetlinkReply] {
        count.systemCalls += 1
        let datagram = try transport.receive(waiting: true) ?? []
        let (replies, wellFormed) = NetlinkReply.messages(in: datagram)
        guard wellFormed, !datagram.isEmpty else {
            throw TareError(
                .corrupt,
                subject: "netlink",
                "cannot read the kernel's answer: \(datagram.count) bytes do not add up to messages"
            )
        }
        return replies
    }

    /// Takes away what nobody waits for any more, so that it is not in the way of the next answer.
    private func drain() throws(TareError) {
        repeat { count.systemCalls += 1 } while try transport.receive(waiting: false) != nil
    }

    private static func failure(_ entry: NetlinkBatch.Entry, _ number: Int32, _ explanation: String?) -> TareError {
        var failure = TareError.system("cannot \(entry.wanted)", subject: entry.subject, errno: number)
        if number == EBUSY || number == EINVAL || number == ERANGE { failure.code = .invalid }
        if let explanation { failure.message += " (the kernel says: \(explanation))" }
        return failure
    }
}
