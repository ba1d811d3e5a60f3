import TareCore
import TareLinux

/// The journal of one run, which is its truth.
///
/// One line a step, on the disk before the next one counts; a lock keeps others out. Not Sendable: one loop owns it.
final class RunJournal {
    private var file: AppendOnlyFile
    /// What earlier sessions brought, in the journal's order.
    let found: [StepRecord]

    /// Opens or makes the journal, cuts a torn last line and reads what is there.
    ///
    /// - Throws: `unavailable` where another process writes this run; `corrupt` where a line cannot be read.
    init(_ path: String) throws(TareError) {
        do throws(TareError) {
            file = try AppendOnlyFile(path)
        } catch {
            guard error.code == .unavailable else { throw error }
            throw TareError(
                .unavailable,
                subject: path,
                "another process is writing this run",
                hint: "wait until it has finished, or stop it; `tare ps` shows it",
                errno: error.errno
            )
        }
        found = try Self.records(at: path)
    }

    /// Adds one step and waits until it is on the disk.
    func append(_ record: StepRecord) throws(TareError) { try file.append(line: try record.line()) }

    /// The records of a journal, for readers.
    static func records(at path: String) throws(TareError) -> [StepRecord] {
        var records: [StepRecord] = []
        for (index, line) in try AppendOnlyFile.lines(at: path).enumerated() {
            do throws(TareError) {
                records.append(try StepRecord(line: line, at: "\(path):\(index + 1)"))
            } catch {
                var failure = error
                failure.hint = "remove the run with `tare clean --run ID` and run it again"
                throw failure
            }
        }
        return records
    }
}
