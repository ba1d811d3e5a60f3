import TareCore

/// What has to be undone where a later step fails: last in, first out.
///
/// A failure of an undoing does not hide the first error, and does not keep the others from being undone.
struct UndoList {
    private var steps: [() throws(TareError) -> Void] = []

    /// Adds a step that undoes what was just done.
    mutating func add(_ step: @escaping () throws(TareError) -> Void) { steps.append(step) }

    /// Undoes everything.
    ///
    /// - Parameter error: why.
    /// - Returns: that error, with those of the undoing as further causes.
    consuming func run(after error: TareError) -> TareError {
        var whole = error
        for step in steps.reversed() {
            do throws(TareError) { try step() } catch { whole.causes.append(error) }
        }
        return whole
    }
}
