import SimTime
import Testing

@testable import HostModel

/// What Linux does so that nobody waits for a core while another idles, and that whoever talks shares a core.
@Suite("Balancing of cores")
struct BalancingTests {
    /// Core 0 works until 1,000 us. One process of that core last ran at 0 us and comes back at 100 us, when core 1 has
    /// work until 300 us.
    /// - Returns: when it went on, and on which core.
    private func waiting(migrationCost: Nanoseconds?, allowed: CoreSet? = nil) throws -> (Nanoseconds?, Int32) {
        let bench = CPUBench(.with { $0.migrationCost = migrationCost }, cores: 2)
        var core: Int32 = -1
        bench.spawn("busy") { process in
            bench.sleep(process, until: .us(50))
            bench.cpu.run(process, .us(950))
        }
        bench.spawn("neighbour") { process in
            bench.sleep(process, until: .us(60))
            bench.cpu.run(process, .us(240))
        }
        let number = Int32(bench.cpu.processCount)
        bench.cpu.spawn("late", in: bench.simulation, on: allowed) {
            bench.sleep(number, until: .us(100))
            bench.note("goes on")
            core = bench.core(of: number)
        }
        try bench.run()
        return (bench.time(of: "goes on"), core)
    }

    @Test("A core that would idle takes over a process that has been off its core for long enough")
    func pulls() throws {
        #expect(try waiting(migrationCost: .us(300)) == (.us(300), 1))
    }

    @Test("One that ran a moment ago waits for its own core, where its caches are hot")
    func leavesTheHot() throws {
        #expect(try waiting(migrationCost: .us(301)) == (.us(1_000), 0))
    }

    @Test("Without a migration cost no process is taken over")
    func neverPulls() throws {
        #expect(try waiting(migrationCost: nil) == (.us(1_000), 0))
    }

    @Test("A process is not taken to a core that it may not run on")
    func keepsToItsSet() throws {
        let set = CoreSet([0])
        defer { set.deallocate() }
        #expect(try waiting(migrationCost: .us(300), allowed: set) == (.us(1_000), 0))
    }

    @Test("The longest queue gives first")
    func longestQueue() throws {
        let bench = CPUBench(.with { $0.migrationCost = .zero }, cores: 3)
        // Cores 0, 1, 2 in turn; the fourth and seventh process wait for core 0, the fifth for core 1.
        for work in [900, 900, 100] as [Int64] { bench.spawn { bench.cpu.run($0, .us(work)) } }
        var begun: [Int32] = []
        for number in 3..<7 as Range<Int32> {
            bench.spawn { process in
                begun.append(number)
                bench.cpu.run(process, number == 5 ? .us(50) : .us(200))
            }
        }
        try bench.run()
        // Core 2 has its own, then takes the first of core 0's two; after that core 0's comes before core 1's.
        #expect(begun == [5, 3, 6, 4])
    }

    /// Every core is busy when a message wakes a process of core 0, which works until 1,000 us; the sender, on core 1,
    /// goes to sleep at 200 us.
    private func reader(_ rule: CPUSpec.MessageWakeup, othersAtSender: Int = 0) throws -> (Nanoseconds?, Int32) {
        let bench = CPUBench(.with { $0.messageWakeup = rule }, cores: 2)
        var core: Int32 = -1
        bench.spawn("busy") { process in
            bench.sleep(process, until: .us(10))
            bench.cpu.run(process, .us(990))
        }
        bench.spawn("sender") { process in
            bench.sleep(process, until: .us(20))
            bench.cpu.run(process, .us(80))
            bench.cpu.makeReady(2, by: process, cause: .statement)
            bench.cpu.run(process, .us(100))
        }
        bench.spawn("reader") { process in
            bench.cpu.block(process, as: .waiting)
            bench.note("reads")
            core = bench.core(of: process)
        }
        let set = CoreSet([1])
        defer { set.deallocate() }
        for _ in 0..<othersAtSender {
            let number = Int32(bench.cpu.processCount)
            bench.cpu.spawn("other", in: bench.simulation, on: set) {
                bench.sleep(number, until: .us(30))
                bench.cpu.run(number, .us(10))
            }
        }
        try bench.run()
        return (bench.time(of: "reads"), core)
    }

    @Test("A message wakes its reader on the sender's core, which is about to be free")
    func sendersCore() throws {
        #expect(try reader(.sender) == (.us(200), 1))
        #expect(try reader(.reader) == (.us(1_000), 0))
    }

    @Test("It does not where more processes wait than for the reader's own core")
    func notWhereMoreWait() throws {
        #expect(try reader(.sender, othersAtSender: 1) == (.us(1_000), 0))
    }

    /// A process of core 0 has worked for 500 us while another waited, and sleeps with that debt until 600 us, when
    /// core 1 idles and the other still works.
    private func indebted(_ autogroup: CPUSpec.Autogroup) throws -> (Nanoseconds?, Int32) {
        let bench = CPUBench(.with { $0.autogroup = autogroup }, cores: 2)
        var core: Int32 = -1
        bench.spawn("indebted") { process in
            bench.cpu.run(process, .us(500))
            bench.sleep(process, until: .us(600))
            bench.note("goes on")
            core = bench.core(of: process)
        }
        bench.spawn("neighbour") { bench.cpu.run($0, .us(550)) }
        let set = CoreSet([0])
        defer { set.deallocate() }
        let number = Int32(bench.cpu.processCount)
        bench.cpu.spawn("other", in: bench.simulation, on: set) { bench.cpu.run(number, .us(300)) }
        try bench.run()
        return (bench.time(of: "goes on"), core)
    }

    @Test("A process that sleeps with a debt wakes on an idle core if its group keeps the debt")
    func autogroup() throws {
        #expect(try indebted(.on) == (.us(600), 1))
        let tied = try indebted(.off)
        #expect(tied.1 == 0 && tied.0! > .us(600))
    }
}
