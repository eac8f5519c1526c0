import Testing

@testable import Postgres

/// What is handed from function to function at every step goes in registers.
@Suite struct HandleTests {
    @Test("A lock's handle takes one word, an observation at most four")
    func sizes() {
        #expect(MemoryLayout<LWLock<ScriptedMachine>>.size == MemoryLayout<Int>.size)
        #expect(MemoryLayout<Observation>.size <= 4 * MemoryLayout<Int>.size)
    }
}
