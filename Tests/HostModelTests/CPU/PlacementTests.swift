import SimTime
import Testing

@testable import HostModel

/// On which core a process that wakes goes on, and when.
@Suite("Placement of processes on cores")
struct PlacementTests {
    @Test("A process goes back to the core that it ran on if that idles")
    func previousCore() throws {
        let bench = CPUBench(cores: 4)
        for _ in 0..<4 {
            bench.spawn { process in
                let first = bench.core(of: process)
                for round in 1...5 as ClosedRange<Int64> {
                    bench.sleep(process, until: .us(100 * round))
                    bench.cpu.run(process, .us(10))
                    #expect(bench.core(of: process) == first)
                }
            }
        }
        try bench.run()
        #expect(Set((0..<4).map { bench.core(of: $0) }) == [0, 1, 2, 3])
    }

    @Test("If its core is busy it goes to any core that idles")
    func anyIdleCore() throws {
        let bench = CPUBench(cores: 3)
        bench.spawn { process in
            bench.sleep(process, until: .us(50))
            bench.cpu.run(process, .us(1_000))
        }
        for _ in 0..<2 { bench.spawn { bench.cpu.run($0, .us(10)) } }
        // Its own core is 0, too.
        bench.spawn("late") { process in
            bench.sleep(process, until: .us(100))
            bench.note("back")
            #expect(bench.core(of: process) == 1)
        }
        try bench.run()
        #expect(bench.time(of: "back") == .us(100))
    }

    @Test("If every core is busy it waits for its own")
    func queuesOnItsCore() throws {
        let bench = CPUBench(cores: 2)
        bench.spawn { bench.cpu.run($0, .us(500)) }
        bench.spawn { bench.cpu.run($0, .us(300)) }
        bench.spawn("third") { process in
            bench.note("runs")
            #expect(bench.core(of: process) == 0)
        }
        try bench.run()
        #expect(bench.time(of: "runs") == .us(500))
    }

    @Test("A process that is woken while its debt keeps it queued stays on its core")
    func delayedStaysOnItsCore() throws {
        let bench = CPUBench(cores: 2)
        var debtor: Int32 = -1
        debtor = bench.spawn("debtor") { process in
            bench.cpu.run(process, .us(800))
            bench.cpu.block(process, as: .waiting)
            bench.note("debtor is back")
            #expect(bench.core(of: process) == 0)
        }
        // Core 1's process wakes the debtor while core 0 still works for its other process.
        bench.spawn { process in
            bench.cpu.run(process, .us(900))
            #expect(bench.cpu.entities[Int(debtor)].isDelayed)
            bench.cpu.makeReady(debtor)
        }
        bench.spawn("waits on core 0") { bench.cpu.run($0, .us(700)) }
        try bench.run()
        // Core 1 has been idle since 900 us.
        #expect(bench.time(of: "debtor is back") == .us(1_500))
    }

    @Test("No more processes run than there are cores, each on a core of its own", arguments: [1, 2, 3, 7])
    func neverMoreThanCores(cores: Int) throws {
        let bench = CPUBench(.with { $0.slice = .us(40) }, cores: cores)
        var worst = 0
        func check() {
            let running = (0..<bench.cpu.processCount).filter { bench.cpu.processes[$0].phase == .running }
            let held = Set(running.map { bench.cpu.processes[$0].core })
            #expect(held.count == running.count)
            #expect(running.allSatisfy { bench.cpu.processes[$0].core.pointee.running == Int32($0) })
            worst = max(worst, running.count)
        }
        for number in 0..<12 as Range<Int64> {
            bench.spawn { process in
                for round in 1...20 as ClosedRange<Int64> {
                    bench.cpu.run(process, .us(3 + (number * 7 + round * 13) % 50))
                    check()
                    bench.cpu.block(process, as: .waiting, until: .zero + bench.now + .us((number + round) % 17))
                    check()
                }
            }
        }
        try bench.run()
        #expect(worst == cores)
    }
}
