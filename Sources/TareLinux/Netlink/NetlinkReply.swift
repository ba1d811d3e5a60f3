import CTareLinux

/// One message that the kernel sent.
///
/// What comes from a socket is never trusted: a length that does not fit ends the reading, it does not trap.
struct NetlinkReply: Sendable {
    /// The message type.
    var type: Int
    /// The flags.
    var flags: Int32
    /// The number of the request that it answers.
    var sequence: UInt32
    /// What follows the message header.
    var payload: ArraySlice<UInt8>

    /// The messages of one datagram, and whether all of it was well-formed.
    static func messages(in datagram: [UInt8]) -> (replies: [NetlinkReply], wellFormed: Bool) {
        var replies: [NetlinkReply] = []
        var offset = 0
        while offset < datagram.count {
            guard datagram.count - offset >= 16 else { return (replies, false) }
            let length = Int(datagram[...].number(UInt32.self, at: offset))
            guard length >= 16, length <= datagram.count - offset else { return (replies, false) }
            replies.append(
                NetlinkReply(
                    type: Int(datagram[...].number(UInt16.self, at: offset + 4)),
                    flags: Int32(datagram[...].number(UInt16.self, at: offset + 6)),
                    sequence: datagram[...].number(UInt32.self, at: offset + 8),
                    payload: datagram[(offset + 16)..<(offset + length)]
                )
            )
            offset += (length + 3) & ~3
        }
        return (replies, true)
    }

    /// The attributes behind the family's header of `header` bytes.
    func attributes(after header: Int) -> NetlinkAttributes { NetlinkAttributes(payload.dropFirst((header + 3) & ~3)) }

    /// The errno of an acknowledgement (0 is success), or `nil` where this is none.
    var acknowledgement: Int32? {
        guard type == Int(NLMSG_ERROR), payload.count >= 4 else { return nil }
        return -payload.number(Int32.self, at: payload.startIndex)
    }

    /// What the kernel says in words about an error, where it says anything.
    var explanation: String? {
        guard flags & NLM_F_ACK_TLVS != 0, payload.count >= 20 else { return nil }
        // The request's header follows the number; without NLM_F_CAPPED its whole body does.
        var skipped = 20
        if flags & NLM_F_CAPPED == 0 {
            skipped = 4 + ((Int(payload.number(UInt32.self, at: payload.startIndex + 4)) + 3) & ~3)
        }
        return NetlinkAttributes(payload.dropFirst(max(skipped, 20))).text(Int(NLMSGERR_ATTR_MSG.rawValue))
    }
}

extension ArraySlice<UInt8> {
    /// A number in host order at `offset`, which the caller has checked.
    func number<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number {
        precondition(offset >= startIndex && offset + Number.bitWidth / 8 <= endIndex, "the caller checks the length")
        return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset - startIndex, as: Number.self) }
    }
}
