import DiscreteEvent
import Dispatch
import Foundation
import SimTime
import Statistics
import Synchronization
import Testing

/// Digests: what changes a trajectory and what does not.
@Suite struct TrajectoryTests {
    /// Processes that hold for random times, often for equal ones.
    private static func build(_ simulation: Simulation, beforeHold: @escaping () -> Void = {}) {
        for index in 0..<20 {
            simulation.spawn("process \(index)") {
                var stream = RandomStream(seed: 1, name: "process \(index)")
                for _ in 0..<200 {
                    beforeHold()
                    simulation.kernel.hold(.microseconds(Int64(stream.index(below: 50))))
                }
            }
        }
    }

    private static func digest(ties: TieBreaking, start: () -> Void = {}) throws -> UInt64 {
        let simulation = Simulation(ties: ties)
        build(simulation)
        start()
        try simulation.run()
        return simulation.digest
    }

    @Test("Two runs have the same digest, in both orders of ties")
    func repeatable() throws {
        for ties in [TieBreaking.insertionOrder, .random(seed: 1)] {
            #expect(try Self.digest(ties: ties) == Self.digest(ties: ties))
        }
    }

    @Test("Another seed of random ties gives another digest")
    func seeds() throws {
        let digests = try (0..<10).map { try Self.digest(ties: .random(seed: $0)) }
        #expect(Set(digests).count == 10)
        #expect(try !digests.contains(Self.digest(ties: .insertionOrder)))
    }

    @Test("Random ties serve every order of three processes")
    func allOrders() throws {
        var orders: Set<[Int32]> = []
        for seed in 0..<200 {
            let simulation = Simulation(ties: .random(seed: UInt64(seed)))
            var order: [Int32] = []
            for _ in 0..<3 { simulation.spawn("") { order.append(simulation.kernel.current.index) } }
            try simulation.run()
            orders.insert(order)
        }
        #expect(orders.count == 6)
    }

    @Test("Random ties may let a process that holds go on before another one that was queued earlier for that time")
    func holdingProcessInTies() throws {
        var orders: Set<[String]> = []
        for seed in 0..<50 {
            let simulation = Simulation(ties: .random(seed: UInt64(seed)))
            let transcript = Transcript(simulation)
            for (name, start) in [("first", Instant.zero), ("second", .microseconds(1))] {
                simulation.spawn(name, at: start) {
                    simulation.kernel.hold(until: .microseconds(2))
                    transcript.note(name)
                }
            }
            try simulation.run()
            orders.insert(transcript.lines)
        }
        #expect(orders == [["2 first", "2 second"], ["2 second", "2 first"]])
    }

    @Test("Random ties keep the order of times")
    func randomTiesKeepTimes() throws {
        let simulation = Simulation(ties: .random(seed: 1))
        var times: [Instant] = []
        Self.build(simulation) { times.append(simulation.kernel.now) }
        try simulation.run()
        #expect(times == times.sorted())
    }

    @Test("Holds that only move the clock give the same trajectory as queued ones")
    func fastPath() throws {
        func trajectory(queued: Bool) throws -> (digest: UInt64, wakeups: UInt64, now: Instant) {
            let simulation = Simulation()
            let kernel = simulation.kernel
            let finished = simulation.spawn("finished") {}
            // A stale entry that is due now keeps a hold from the fast path, and is otherwise not there.
            Self.build(simulation) { if queued { kernel.wake(finished, at: kernel.now) } }
            try simulation.run()
            return (simulation.digest, simulation.wakeups, kernel.now)
        }
        #expect(try trajectory(queued: false) == trajectory(queued: true))
    }

    @Test("Two simulations on two threads at the same time give the digests that they give alone")
    func sideBySide() throws {
        let alone = try [1, 2].map { try Self.digest(ties: .random(seed: $0)) }
        let arrived = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let done = DispatchSemaphore(value: 0)
        let together = Mutex<[Int: UInt64]>([:])
        for thread in 0..<2 {
            Thread.detachNewThread {
                // Both are under way before either goes on.
                let digest = try? Self.digest(ties: .random(seed: UInt64(thread + 1))) {
                    arrived[thread].signal()
                    arrived[1 - thread].wait()
                }
                together.withLock { $0[thread] = digest }
                done.signal()
            }
        }
        for _ in 0..<2 { done.wait() }
        #expect(together.withLock { [$0[0], $0[1]] } == alone)
    }
}
