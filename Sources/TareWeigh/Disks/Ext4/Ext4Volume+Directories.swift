import TareCore

extension Ext4Volume {
    /// The names in a directory and their inodes, without `.` and `..`.
    ///
    /// A hashed directory is read as a linear one: its index blocks look like unused entries, which is what they are
    /// made to look like.
    /// `spend` gets the number of blocks before they are read, so that the caller can bound the walk.
    func entries(
        of directory: Ext4Inode,
        spend: (UInt64) throws(TareError) -> Void,
        _ body: (UInt32, ArraySlice<UInt8>) throws(TareError) -> Void
    ) throws(TareError) {
        let name = "directory \(directory.number)"
        if directory.isInline {
            let inside = Array(try directory.fields.slice(0x28 + 4, 56))
            try entries(in: Fields(bytes: inside, subject: subject, what: name), body)
            if let more = try inlineAttribute(directory), !more.isEmpty {
                try entries(in: Fields(bytes: more, subject: subject, what: name), body)
            }
            return
        }
        try runs(of: directory) { (run) throws(TareError) in
            try spend(run.count)
            for place in 0..<run.count { try entries(in: try block(run.physical + place, what: name), body) }
        }
    }

    private func entries(
        in block: Fields,
        _ body: (UInt32, ArraySlice<UInt8>) throws(TareError) -> Void
    ) throws(TareError) {
        var place = 0
        while place + 8 <= block.bytes.count {
            let inode = try block.little(place, as: UInt32.self)
            var length = Int(try block.little(place + 4, as: UInt16.self))
            // 16 bits cannot say 65536; larger blocks write their length as 65535 or 0.
            if block.bytes.count >= 65536, length == 65535 || length == 0 { length = block.bytes.count - place }
            let nameLength = Int(try block.little(place + 6, as: UInt8.self))
            guard length >= 8, length % 4 == 0, length <= block.bytes.count - place else {
                throw block.corrupt("an entry of \(length) bytes at byte \(place) cannot be")
            }
            if inode != 0 {
                guard nameLength > 0, nameLength + 8 <= length else {
                    throw block.corrupt("a name of \(nameLength) bytes at byte \(place) cannot be")
                }
                let name = try block.slice(place + 8, nameLength)
                if !name.elementsEqual([46]), !name.elementsEqual([46, 46]) {
                    guard !name.contains(0), !name.contains(47) else {
                        throw block.corrupt("a name at byte \(place) holds a slash or a zero")
                    }
                    try body(inode, name)
                }
            }
            place += length
        }
    }
}
