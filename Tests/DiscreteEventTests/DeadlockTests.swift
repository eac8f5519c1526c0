import DiscreteEvent
import SimTime
import Testing

@Suite struct DeadlockTests {
    private func deadlocked() -> Simulation {
        let simulation = Simulation()
        let kernel = simulation.kernel
        _ = simulation.addHandler("device") {}
        simulation.spawn("backend 1") { kernel.suspend() }
        simulation.spawn("backend 2") {
            kernel.hold(.microseconds(5))
            kernel.suspend()
        }
        simulation.spawn("backend 3") {}
        return simulation
    }

    @Test("A deadlock names every blocked process, and only those")
    func names() {
        let error = #expect(throws: Deadlock.self) { try deadlocked().run() }
        #expect(error?.instant == .microseconds(5))
        #expect(error?.blocked.map(\.name) == ["backend 1", "backend 2"])
        #expect(error?.blocked.map(\.process.index) == [1, 2])
    }

    @Test("A deadlock's report says what each process waits for")
    func report() {
        let simulation = deadlocked()
        simulation.describeBlocked = { $0.index == 1 ? "LWLock:WALWrite held by backend 2" : "" }
        let error = #expect(throws: Deadlock.self) { try simulation.run() }
        #expect(
            error?.description == """
                deadlock at 0.000005000s: 2 processes are blocked and no wake-up is queued
                  backend 1 #1: LWLock:WALWrite held by backend 2
                  backend 2 #2
                """)
    }

    @Test("A deadlock is found when the last entry is stale, and by a process that ends")
    func staleLastEntry() {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let finished = simulation.spawn("finished") {}
        simulation.spawn("waiter") { kernel.suspend() }
        simulation.spawn("ending") { kernel.wake(finished, at: .microseconds(9)) }
        let error = #expect(throws: Deadlock.self) { try simulation.run() }
        #expect(error?.blocked.map(\.name) == ["waiter"])
        #expect(kernel.now == .zero)
    }
}
