/// The next change of each of a few resources: one event each, whose time is moved again and again.
///
/// A shared processor's next departure moves with every arrival. In a queue each move leaves a void key and pushes
/// another; here it is one store, and the least of at most eight keys is found by looking at all.
@usableFromInline
@frozen
struct AlarmSet<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline var keys: UnsafeMutablePointer<EventKey>
    @usableFromInline var events: UnsafeMutablePointer<Event>
    /// Alarms handed out.
    @usableFromInline var count: Int
    /// The least key; the largest of all where none is set.
    @usableFromInline var least: EventKey

    /// Most alarms; a model with more resources has the others in the queue.
    @inlinable static var most: Int { 8 }

    @inlinable
    init() {
        keys = QueueMemory.allocate(Self.most)
        events = .allocate(capacity: Self.most)
        count = 0
        least = KeyLayout.last
    }

    @inlinable
    deinit {
        keys.deallocate()
        events.deallocate()
    }

    /// How many are set.
    @inlinable var set: Int {
        var found = 0
        for index in 0..<count where !KeyLayout.isLast(keys[index]) { found += 1 }
        return found
    }

    /// A new alarm, not set.
    ///
    /// - Returns: its number, or nothing where all are taken.
    @inlinable
    mutating func make() -> Int? {
        guard count < Self.most else { return nil }
        keys[count] = KeyLayout.last
        count += 1
        return count - 1
    }

    /// Moves an alarm.
    @inlinable
    @inline(__always)
    mutating func move(_ index: Int, to key: EventKey) {
        keys[index] = key
        var found = key
        if count > 1 {
            for other in 0..<count {
                let candidate = keys[other]
                found = candidate < found ? candidate : found
            }
        }
        least = found
    }

    /// Takes the least alarm off, which is set.
    @inlinable
    @inline(__always)
    mutating func take() -> Event {
        let index = KeyLayout.slot(least)
        move(index, to: KeyLayout.last)
        return events[index]
    }
}
