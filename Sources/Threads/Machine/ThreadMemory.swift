import Atomics
import Postgres

/// One word of the memory that the server's threads share: an atomic of the processor's.
///
/// Every operation is sequentially consistent, which gives PostgreSQL's code at least the order that its own barriers
/// ask for.
struct ThreadWord: AtomicWord {
    fileprivate let atomic: UnsafeAtomic<UInt64>

    func load() -> UInt64 { atomic.load(ordering: .sequentiallyConsistent) }
    func store(_ value: UInt64) { atomic.store(value, ordering: .sequentiallyConsistent) }
    func exchange(_ value: UInt64) -> UInt64 { atomic.exchange(value, ordering: .sequentiallyConsistent) }
    func compareExchange(expected: UInt64, desired: UInt64) -> (exchanged: Bool, original: UInt64) {
        atomic.compareExchange(expected: expected, desired: desired, ordering: .sequentiallyConsistent)
    }
    func fetchAdd(_ value: UInt64) -> UInt64 {
        atomic.loadThenWrappingIncrement(by: value, ordering: .sequentiallyConsistent)
    }
    func fetchOr(_ bits: UInt64) -> UInt64 { atomic.loadThenBitwiseOr(with: bits, ordering: .sequentiallyConsistent) }
    func fetchAnd(_ bits: UInt64) -> UInt64 { atomic.loadThenBitwiseAnd(with: bits, ordering: .sequentiallyConsistent) }
}

/// Hands out words of shared memory, each in a cache line of its own as PostgreSQL pads its locks
/// (lwlock.h, LWLOCK_PADDED_SIZE).
final class ThreadMemory: SharedMemory {
    private var lines: [UnsafeMutableRawPointer] = []

    /// The larger of the cache lines in use (arm64 servers and Apple's processors).
    private static let lineBytes = 128

    deinit { for line in lines { line.deallocate() } }

    /// Adds a word. Only while no thread of the server runs.
    func makeWord(_ initial: UInt64) -> ThreadWord {
        let line = UnsafeMutableRawPointer.allocate(byteCount: Self.lineBytes, alignment: Self.lineBytes)
        lines.append(line)
        let storage = line.bindMemory(to: UnsafeAtomic<UInt64>.Storage.self, capacity: 1)
        storage.initialize(to: UnsafeAtomic<UInt64>.Storage(initial))
        return ThreadWord(atomic: UnsafeAtomic(at: storage))
    }
}
