/// One 64-bit word of shared memory. Every operation is atomic and orders memory as PostgreSQL's do (atomics.h).
public protocol AtomicWord {
    /// What is there.
    func load() -> UInt64
    /// Puts `value` there.
    func store(_ value: UInt64)
    /// Stores `value` and returns what was there.
    func exchange(_ value: UInt64) -> UInt64
    /// Stores `desired` if `expected` is there; returns whether it did and what was there.
    func compareExchange(expected: UInt64, desired: UInt64) -> (exchanged: Bool, original: UInt64)
    /// Adds with wrap-around and returns what was there.
    func fetchAdd(_ value: UInt64) -> UInt64
    /// Sets bits and returns what was there.
    func fetchOr(_ bits: UInt64) -> UInt64
    /// Clears all but these bits and returns what was there.
    func fetchAnd(_ bits: UInt64) -> UInt64
}

/// Hands out words of shared memory that live as long as it does.
public protocol SharedMemory: AnyObject {
    associatedtype Word: AtomicWord
    /// A new word with that value in it.
    func makeWord(_ initial: UInt64) -> Word
}

extension AtomicWord {
    /// Raises the word to `value` unless it is already there or beyond; returns the word afterwards
    /// (atomics.h, pg_atomic_monotonic_advance_u64).
    @inlinable @discardableResult
    func advance(to value: UInt64) -> UInt64 {
        var current = load()
        while current < value {
            let (exchanged, original) = compareExchange(expected: current, desired: value)
            if exchanged { return value }
            current = original
        }
        return current
    }
}
