extension Scheduler {
    /// Sees to it that `event` comes at `time`, and not when it was wanted before.
    ///
    /// - Parameters:
    ///   - number: which alarm; negative where there is none yet, and then set.
    ///   - event: what is handed to the model.
    ///   - time: when, after `now`.
    /// - Returns: false where all alarms are taken.
    /// - Complexity: O(k) in the alarms, at most eight.
    @inlinable
    @inline(__always)
    mutating func setAlarm(_ number: inout Int32, _ event: Event, at time: SimTime) -> Bool {
        if number < 0 {
            guard let new = alarms.make() else { return false }
            number = Int32(truncatingIfNeeded: new)
        }
        let index = Int(number)
        // One that already stands at this time keeps its turn among the events of that instant.
        if KeyLayout.high(alarms.keys[index]) == UInt64(bitPattern: time.nanoseconds) { return true }
        let turn = sequence
        sequence += KeyLayout.sequenceStep
        alarms.events[index] = event
        alarms.move(index, to: KeyLayout.key(UInt64(bitPattern: time.nanoseconds), turn, index))
        return true
    }

    /// Unsets an alarm.
    @inlinable
    mutating func clearAlarm(_ number: Int32) {
        if number >= 0 { alarms.move(Int(number), to: KeyLayout.last) }
    }
}
