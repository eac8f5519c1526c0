import Postgres
import SimTime
import Testing

@testable import HostModel

/// What a core's caches hold of the work that was done there.
@Suite("What a core last did")
struct RecentWorkTests {
    /// 1 - exp(-1).
    private let saturationAtOne = 0.632_120_558_8
    private let spec = CPUSpec.with {
        $0.refetch.factor = 3
        $0.refetch.time = .us(1_000)
    }

    /// What 1 us of some work costs in thousandths.
    private func price(_ bench: CPUBench, _ process: Int32, _ work: Work) -> Int64 {
        bench.cpu.refetched(process, work, .us(1)).count
    }

    @Test("Work costs more the longer its core has not done any of its kind")
    func sinceLastDone() throws {
        let bench = CPUBench(spec)
        bench.spawn { process in
            bench.sleep(process, until: .us(1_000))
            #expect(abs(price(bench, process, .execute) - (1_000 + Int64(3_000 * saturationAtOne))) <= 2)
            #expect(price(bench, process, .execute) == 1_000)
            bench.sleep(process, until: .us(2_000))
            #expect(abs(price(bench, process, .execute) - (1_000 + Int64(3_000 * saturationAtOne))) <= 2)
            // Another kind has not been done for twice as long.
            #expect(abs(price(bench, process, .commit) - (1_000 + Int64(3_000 * 0.864_664_716_8))) <= 2)
            bench.sleep(process, until: .us(1_000_000))
            #expect(price(bench, process, .commit) == 4_000)
        }
        try bench.run()
    }

    @Test("Whoever comes next on the core of the first finds its work warm, on another core not")
    func sharedCore() throws {
        for cores in [1, 2] {
            let bench = CPUBench(spec, cores: cores)
            var prices: [Int64] = []
            for number in 0..<2 {
                bench.spawn { process in
                    bench.sleep(process, until: .us(50_000 + Int64(number)))
                    prices.append(price(bench, process, .postCommit))
                }
            }
            try bench.run()
            #expect(prices[0] == 4_000)
            #expect(cores == 1 ? prices[1] < 1_010 : prices[1] == 4_000)
        }
    }

    @Test("Of long work only its beginning is dearer")
    func longWork() throws {
        let bench = CPUBench(spec)
        bench.spawn { process in
            bench.sleep(process, until: .us(100_000))
            #expect(bench.cpu.refetched(process, .replay, .us(500)) == .us(512))
        }
        try bench.run()
    }

    @Test("Without a factor work costs the same however long ago it was last done")
    func free() throws {
        let bench = CPUBench(.with { $0.refetch.time = .us(10) })
        bench.spawn { process in
            bench.sleep(process, until: .us(100_000))
            #expect(price(bench, process, .execute) == 1_000)
        }
        try bench.run()
    }
}

/// Waking a core that has halted.
@Suite("A kick of a halted core")
struct KickTests {
    private let spec = CPUSpec.with {
        $0.idlePoll = .us(20)
        $0.idleExitBase = .us(10)
        $0.kick.factor = 3
        $0.kick.cost = .us(8)
    }

    /// How long after its waker's call a sleeper goes on, and what that costs the waker.
    private func wake(at instant: Nanoseconds, asleepSince: Nanoseconds) throws -> (
        sleeper: Nanoseconds, waker: Nanoseconds
    ) {
        let bench = CPUBench(spec, cores: 2)
        var times: (sleeper: Nanoseconds, waker: Nanoseconds) = (.zero, .zero)
        let sleeper = bench.spawn { process in
            bench.cpu.run(process, asleepSince - bench.now)
            bench.cpu.block(process, as: .waiting)
            times.sleeper = bench.now - instant
        }
        bench.spawn { process in
            bench.cpu.run(process, instant - bench.now)
            times.waker = bench.cpu.makeReady(sleeper, by: process)
        }
        try bench.run()
        return times
    }

    @Test("It takes several times as long as the core's own timer, and costs its sender")
    func halted() throws {
        let times = try wake(at: .us(1_000), asleepSince: .us(100))
        #expect(times.sleeper == .us(30))
        #expect(times.waker == .us(8))
    }

    @Test("A core that still polls needs none")
    func polling() throws {
        let times = try wake(at: .us(1_000), asleepSince: .us(990))
        #expect(times.sleeper == .zero)
        #expect(times.waker == .zero)
    }

    @Test("A core's own timer is none")
    func timer() throws {
        let bench = CPUBench(spec)
        bench.spawn { process in
            bench.sleep(process, until: .us(1_000))
            #expect(bench.now == .us(1_010))
        }
        try bench.run()
    }
}
