import Postgres

/// A word of simulated shared memory. One process runs at a time, so that plain access is atomic.
public struct SimulatedWord: AtomicWord {
    @usableFromInline let cell: UnsafeMutablePointer<UInt64>

    @inlinable public func load() -> UInt64 { cell.pointee }
    @inlinable public func store(_ value: UInt64) { cell.pointee = value }

    @inlinable public func exchange(_ value: UInt64) -> UInt64 {
        let original = cell.pointee
        cell.pointee = value
        return original
    }

    @inlinable public func compareExchange(expected: UInt64, desired: UInt64) -> (exchanged: Bool, original: UInt64) {
        let original = cell.pointee
        if original == expected { cell.pointee = desired }
        return (original == expected, original)
    }

    @inlinable public func fetchAdd(_ value: UInt64) -> UInt64 { exchange(cell.pointee &+ value) }
    @inlinable public func fetchOr(_ bits: UInt64) -> UInt64 { exchange(cell.pointee | bits) }
    @inlinable public func fetchAnd(_ bits: UInt64) -> UInt64 { exchange(cell.pointee & bits) }
}

/// Words of simulated shared memory, freed together.
public final class SimulatedMemory: SharedMemory {
    private static let wordsPerChunk = 1024
    private var chunks: [UnsafeMutablePointer<UInt64>] = []
    private var used = SimulatedMemory.wordsPerChunk

    init() {}

    deinit {
        for chunk in chunks { chunk.deallocate() }
    }

    public func makeWord(_ initial: UInt64) -> SimulatedWord {
        if used == Self.wordsPerChunk {
            chunks.append(.allocate(capacity: Self.wordsPerChunk))
            used = 0
        }
        let cell = chunks[chunks.count - 1] + used
        used += 1
        cell.initialize(to: initial)
        return SimulatedWord(cell: cell)
    }
}
