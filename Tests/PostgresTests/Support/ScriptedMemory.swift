import Postgres

/// A word of shared memory in a script, where one session runs at a time.
final class ScriptedWord: AtomicWord {
    private var value: UInt64

    init(_ value: UInt64) { self.value = value }

    func load() -> UInt64 { value }
    func store(_ value: UInt64) { self.value = value }
    func exchange(_ value: UInt64) -> UInt64 {
        defer { self.value = value }
        return self.value
    }
    func compareExchange(expected: UInt64, desired: UInt64) -> (exchanged: Bool, original: UInt64) {
        let original = value
        if original == expected { value = desired }
        return (original == expected, original)
    }
    func fetchAdd(_ value: UInt64) -> UInt64 { exchange(self.value &+ value) }
    func fetchOr(_ bits: UInt64) -> UInt64 { exchange(value | bits) }
    func fetchAnd(_ bits: UInt64) -> UInt64 { exchange(value & bits) }
}

/// Where a script's words come from.
final class ScriptedMemory: SharedMemory {
    func makeWord(_ initial: UInt64) -> ScriptedWord { ScriptedWord(initial) }
}
