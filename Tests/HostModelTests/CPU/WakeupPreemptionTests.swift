import SimTime
import Testing

@testable import HostModel

/// Who runs first when a process wakes others on its own core, with `wakeup_preemption` at `newest`.
@Suite("The preference for who woke last")
struct WakeupPreemptionTests {
    /// A process that works since long wakes one and then another of its core, and works on for 100 us.
    private func order(_ rule: CPUSpec.WakeupPreemption, second cause: WakeupCause) throws -> [String] {
        let bench = CPUBench(.with { $0.wakeupPreemption = rule })
        for name in ["first", "second"] {
            bench.spawn(name) { process in
                bench.cpu.block(process, as: .waiting)
                bench.note(name)
            }
        }
        bench.spawn("waker") { process in
            // The others have blocked by then.
            bench.sleep(process, until: .us(10))
            bench.cpu.run(process, .us(100))
            bench.cpu.makeReady(0, by: process)
            bench.cpu.makeReady(1, by: process, cause: cause)
            bench.cpu.run(process, .us(1))
            bench.cpu.run(process, .us(100))
            bench.note("waker")
        }
        try bench.run()
        return bench.notes.map(\.name)
    }

    @Test("Who woke last runs first, and before its waker, which has had its share")
    func newest() throws {
        #expect(try order(.newest, second: .event) == ["second", "first", "waker"])
        #expect(try order(.newest, second: .reply) == ["second", "first", "waker"])
    }

    @Test("A backend that a statement wakes is not preferred")
    func statement() throws {
        #expect(try order(.newest, second: .statement) == ["first", "second", "waker"])
    }

    @Test("Otherwise the waker goes on, and they run in the order in which they woke")
    func inOrder() throws {
        for cause in [WakeupCause.event, .reply, .statement] {
            #expect(try order(.on, second: cause) == ["waker", "first", "second"])
        }
    }

    /// Who goes on first: a process that wakes another one while it has had less than a third, or that other one.
    private func withinShare(_ cause: WakeupCause) throws -> [String] {
        let bench = CPUBench(.with { $0.wakeupPreemption = .newest })
        bench.spawn("woken") { process in
            bench.cpu.block(process, as: .waiting)
            bench.note("woken")
        }
        bench.spawn("waker") { process in
            bench.sleep(process, until: .us(300))
            bench.cpu.makeReady(0, by: process, cause: cause)
            bench.cpu.run(process, .us(1))
            bench.cpu.run(process, .us(1))
            bench.note("waker")
        }
        bench.spawn("long") { process in
            bench.sleep(process, until: .us(10))
            for _ in 0..<50 { bench.cpu.run(process, .us(10)) }
        }
        try bench.run()
        return bench.notes.map(\.name)
    }

    @Test("A waker within its share gives way to who wakes by a lock or a timer, not to who gets a message")
    func atOnce() throws {
        #expect(try withinShare(.event) == ["woken", "waker"])
        #expect(try withinShare(.reply) == ["waker", "woken"])
        #expect(try withinShare(.statement) == ["waker", "woken"])
    }

    @Test("One that has had just its share gives way at parity only")
    func parity() {
        let bench = QueueBench(processes: 2)
        bench.current = 0
        bench.entities[0].vruntime = 900
        bench.enqueue(1)
        #expect(bench.queue.preempts(1, bench.entities, current: 0, atParity: true))
        #expect(!bench.queue.preempts(1, bench.entities, current: 0, atParity: false))
        bench.entities[1].vruntime += 100
        #expect(!bench.queue.isEligible(1, bench.entities, current: 0))
    }

    @Test("Who is preferred runs before earlier deadlines once it is eligible, and until another one is")
    func preferred() {
        func order(_ preferred: [Int32]) -> [Int32] {
            let bench = QueueBench(processes: 4)
            for process in 0..<4 { bench.put(Int32(process), vruntime: 0, deadline: 1_000 + Int64(process)) }
            for process in preferred { bench.queue.prefer(process) }
            return bench.drain()
        }
        #expect(order([]) == [0, 1, 2, 3])
        #expect(order([3]) == [3, 0, 1, 2])
        #expect(order([3, 2]) == [2, 0, 1, 3])
    }
}
