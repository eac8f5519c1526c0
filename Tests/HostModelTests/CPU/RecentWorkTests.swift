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
