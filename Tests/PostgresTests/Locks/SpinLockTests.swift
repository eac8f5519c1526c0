import Testing

@testable import Postgres

/// What a process learns about spinning (s_lock.c, finish_spin_delay).
@Suite("The back-off of spinlocks")
struct SpinLockTests {
    /// What a process that would spin `spins` times between sleeps does after a wait in which it slept or not.
    private func learned(_ spins: Int, slept: Bool) -> Int {
        let script = Script("a")
        let process = script.session("a").process!
        process.spinsPerDelay = spins
        process.finishSpinDelay(SpinDelay(spinsPerDelay: spins, lastDelay: slept ? 1_000 : 0))
        return process.spinsPerDelay
    }

    @Test("A wait that spinning ended is worth a hundred more spins, and one that took a sleep costs one")
    func learning() {
        #expect(Script("a").session("a").process.spinsPerDelay == 100)
        #expect(learned(100, slept: false) == 200)
        #expect(learned(100, slept: true) == 99)
    }

    @Test("There are never fewer than 10 spins between sleeps, nor more than 1,000")
    func bounds() {
        #expect(learned(950, slept: false) == 1_000)
        #expect(learned(10, slept: true) == 10)
    }
}
