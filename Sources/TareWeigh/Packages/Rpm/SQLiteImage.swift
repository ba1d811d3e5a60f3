import CSQLite
import TareCore

/// Reads an SQLite database that is in memory, so that one inside a disk or an archive needs no file of its own.
enum SQLiteImage {
    /// Runs a query of one column of blobs, and gives each.
    static func blobs(
        of query: String,
        in content: [UInt8],
        named name: String,
        _ body: ([UInt8]) throws(TareError) -> Void
    ) throws(TareError) {
        var content = content
        // Format 2 asks for a log beside the file, which a database in memory cannot have; what the log held is applied.
        if content.count > 20, content[18] == 2 {
            content[18] = 1
            content[19] = 1
        }
        let connection = try Connection(content, name)
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection.handle, query, -1, &statement, nil) == SQLITE_OK else {
            throw connection.failure()
        }
        defer { sqlite3_finalize(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_DONE: return
            case SQLITE_ROW:
                let count = Int(sqlite3_column_bytes(statement, 0))
                try body([UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, 0), count: count)))
            default: throw connection.failure()
            }
        }
    }

    private struct Connection: ~Copyable {
        let handle: OpaquePointer
        private let memory: UnsafeMutablePointer<UInt8>
        private let name: String

        init(_ content: [UInt8], _ name: String) throws(TareError) {
            let handle = try Self.open(name)
            self.handle = handle
            self.name = name
            memory = .allocate(capacity: max(content.count, 1))
            memory.initialize(from: content, count: content.count)
            let size = sqlite3_int64(content.count)
            // What is wrong with the database is told by the first query.
            _ = sqlite3_deserialize(handle, "main", memory, size, size, UInt32(SQLITE_DESERIALIZE_READONLY))
        }

        deinit {
            sqlite3_close(handle)
            memory.deallocate()
        }

        borrowing func failure() -> TareError {
            TareError(
                .corrupt, subject: name, "cannot read the package database: \(String(cString: sqlite3_errmsg(handle)))")
        }

        private static func open(_ name: String) throws(TareError) -> OpaquePointer {
            var opened: OpaquePointer?
            let status = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nil)
            if status == SQLITE_OK, let opened { return opened }
            sqlite3_close(opened)
            throw TareError(.exhausted, subject: name, "cannot begin to read the database: no memory")
        }
    }
}

/// The write-ahead log of an SQLite database: pages that are newer than the file's.
///
/// Written after the file format's own documentation (section 4): a header of 32 bytes, then frames of 24 bytes and a page.
enum SQLiteLog {
    /// Puts the pages of all finished transactions into the database.
    static func apply(_ log: [UInt8], to content: inout [UInt8]) {
        let word = { (at: Int) -> Int in
            Int(log[at]) << 24 | Int(log[at + 1]) << 16 | Int(log[at + 2]) << 8 | Int(log[at + 3])
        }
        guard log.count > 32, word(0) | 1 == 0x377f_0683 else { return }
        let page = word(8)
        guard page >= 512, page <= 65536 else { return }
        var frames: [(page: Int, at: Int)] = []
        var finished = 0
        var pages = content.count / page
        var at = 32
        // Frames of an earlier turn of the log have other salts.
        while at + 24 + page <= log.count, word(at + 8) == word(16), word(at + 12) == word(20) {
            frames.append((word(at), at + 24))
            if word(at + 4) > 0 {
                finished = frames.count
                pages = word(at + 4)
            }
            at += 24 + page
        }
        guard finished > 0, pages > 0, pages < 1 << 22 else { return }
        let size = pages * page
        if content.count < size { content += [UInt8](repeating: 0, count: size - content.count) }
        for frame in frames.prefix(finished) where frame.page > 0 && frame.page <= pages {
            content.replaceSubrange((frame.page - 1) * page..<frame.page * page, with: log[frame.at..<frame.at + page])
        }
        content.removeLast(content.count - size)
    }
}
