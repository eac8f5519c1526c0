import Postgres
import SimTime
import Testing

@testable import HostModel

/// Who spins, who sleeps, and what both cost.
@Suite("The mutex of an old kernel")
struct KernelMutexTests {
    /// A bench whose mutex is held for 10 us; going to sleep costs 1 us, waking somebody 2 us.
    private func bench(
        cores: Int, spin: Int64 = 1_000, perSpinner: Int64 = 0, seeRelease: Int? = nil
    ) -> (bench: CPUBench, mutex: KernelMutex) {
        let bench = CPUBench(cores: cores)
        var costs = CostTable.measured
        costs[.sleep] = .us(1)
        costs[.wake] = .us(2)
        costs[.wakeRunning] = .zero
        let spec = KernelMutexSpec(
            hold: .us(10), holdPerSpinner: .us(perSpinner), spin: .us(spin), seeRelease: seeRelease)
        return (bench, mutex(spec, bench, FlatCosts(costs)))
    }

    private func mutex(_ spec: KernelMutexSpec, _ bench: CPUBench, _ costs: FlatCosts) -> KernelMutex {
        KernelMutex(spec, cpu: bench.cpu, costs: costs)
    }

    /// Processes that begin to want the mutex at these instants, once each.
    private func spawn(_ starts: [Int64], _ bench: CPUBench, _ mutex: KernelMutex) {
        for (number, start) in starts.enumerated() {
            bench.spawn("\(number)") { process in
                if start > 0 { bench.sleep(process, until: .us(start)) }
                mutex.withLock(process)
                bench.note("\(number)")
            }
        }
    }

    @Test("Alone it costs the time that it is held for")
    func alone() throws {
        let (bench, mutex) = bench(cores: 2)
        spawn([0], bench, mutex)
        try bench.run()
        #expect(bench.notes == [.init(name: "0", at: .us(10))])
    }

    @Test("Who finds it taken spins and burns a core until it is released, the first first")
    func spinning() throws {
        let (bench, mutex) = bench(cores: 4)
        spawn([0, 4, 2], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.name) == ["0", "2", "1"])
        #expect(bench.notes.map(\.at) == [.us(10), .us(20), .us(30)])
        // 10 us of work each; the second spins for 8 us and the third for 16.
        #expect(bench.cpu.busyTime == .us(30 + 8 + 16))
    }

    @Test("Every CPU that spins makes the next hold longer")
    func growth() throws {
        let (bench, mutex) = bench(cores: 4, perSpinner: 3)
        spawn([0, 1, 2], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.at) == [.us(10), .us(23), .us(33)])
    }

    @Test("A holder on another node than the last one first has to get the cache lines")
    func nodes() throws {
        let bench = CPUBench(.with { $0.coresPerNode = 2 }, cores: 4)
        let spec = KernelMutexSpec(hold: .us(10), remoteTransfer: .us(5), spin: .us(1_000))
        let mutex = mutex(spec, bench, FlatCosts(.measured))
        // On cores 0 to 3: the first two are on node 0.
        spawn([0, 1, 2, 3], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.at) == [.us(10), .us(20), .us(35), .us(45)])
    }

    @Test("Who has spun for long enough sleeps, and is woken by the release")
    func sleeping() throws {
        let (bench, mutex) = bench(cores: 2, spin: 4)
        spawn([0, 1], bench, mutex)
        try bench.run()
        // Spins from 1 to 5 us, goes to sleep until 6, is woken at 10; its waker pays 2 us for that.
        #expect(bench.notes.map(\.at) == [.us(12), .us(20)])
        #expect(bench.cpu.busyTime == .us(12 + 5 + 10))
    }

    @Test("Who spins gets it before those who sleep, and a woken sleeper that finds it taken sleeps on")
    func barging() throws {
        let (bench, mutex) = bench(cores: 4, spin: 4)
        // The second sleeps from 6 us on; the third comes at 8, spins, and has it at 10, when the second is woken.
        spawn([0, 1, 8], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.name) == ["0", "2", "1"])
        // Each of two releases wakes the second, once in vain.
        #expect(bench.notes.map(\.at) == [.us(12), .us(22), .us(30)])
        #expect(bench.cpu.busyTime == .us(12 + (4 + 1 + 10) + (2 + 12)))
    }

    @Test("A free mutex goes to whoever comes by before the sleeper that was woken for it runs")
    func stealing() throws {
        // Every process takes 3 us to get onto its core: the second sleeps when it is woken at 13 us, the third comes
        // at 14.
        let bench = CPUBench(.with { $0.contextSwitch = .us(3) }, cores: 4)
        let mutex = mutex(KernelMutexSpec(hold: .us(10), spin: .us(4)), bench, FlatCosts(.measured))
        spawn([0, 5, 11], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.name) == ["0", "2", "1"])
    }

    @Test("Of those that spin one on the node where it is released sees that first")
    func nearest() throws {
        let bench = CPUBench(.with { $0.coresPerNode = 2 }, cores: 4)
        let mutex = mutex(KernelMutexSpec(hold: .us(10), spin: .us(1_000)), bench, FlatCosts(.measured))
        // On cores 0 to 3: the third comes before the second, which is on the owner's node.
        spawn([0, 4, 2], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.name) == ["0", "1", "2"])
    }

    @Test("A spinner too late in the line to see it free goes to sleep")
    func discouragement() throws {
        let (bench, mutex) = bench(cores: 4, seeRelease: 0)
        spawn([0, 1, 2], bench, mutex)
        try bench.run()
        #expect(bench.notes.map(\.name) == ["0", "1", "2"])
        // The third spins until 10 us, sleeps, and is woken at 20, for 2 us of the second's time.
        #expect(bench.notes.map(\.at) == [.us(10), .us(22), .us(30)])
        #expect(bench.cpu.busyTime == .us(10 + (9 + 12) + (8 + 1 + 10)))
    }

    @Test("Spinners that see it free before the next owner has it spin on, the first in the line first")
    func seeing() throws {
        let (bench, mutex) = bench(cores: 4, seeRelease: 1)
        spawn([0, 1, 2, 3], bench, mutex)
        try bench.run()
        // At 10 us the third sees it free and the fourth does not. That one is woken at 20 in vain, since the third has
        // it then, and at 30 for good; each time costs 2 us of who wakes it.
        #expect(bench.notes.map(\.name) == ["0", "1", "2", "3"])
        #expect(bench.notes.map(\.at) == [.us(10), .us(22), .us(32), .us(40)])
    }
}
