import SimTime
import Statistics
import Testing

@testable import HostModel

/// What the model adds to pure work.
@Suite("What a core adds to work")
struct PenaltyTests {
    /// 1 - exp(-1).
    private let saturationAtOne = 0.632_120_558_8

    @Test("Each switch costs its time before the process goes on")
    func contextSwitch() throws {
        let bench = CPUBench(.with { $0.contextSwitch = .us(2) })
        for name in ["first", "second"] {
            bench.spawn { process in
                bench.note("\(name) begins")
                bench.cpu.run(process, .us(10))
            }
        }
        try bench.run()
        #expect(bench.time(of: "first begins") == .us(2))
        #expect(bench.time(of: "second begins") == .us(14))
    }

    @Test(
        "Leaving the idle state takes longer the longer the core idled: by the square root",
        arguments: [25, 100, 10_000])
    func idleExit(idle: Int64) throws {
        let bench = CPUBench(
            .with {
                $0.idleExitBase = .us(3); $0.idleExitGrowth = Nanoseconds(500)
            })
        bench.spawn { process in
            let start = bench.now
            bench.sleep(process, until: start + .us(idle))
            let expected = 3_000 + 500 * Double(idle).squareRoot()
            #expect(bench.now - start - .us(idle) == Nanoseconds(rounding: expected))
        }
        try bench.run()
    }

    @Test("An idle core polls for a while, and comes back from that at no cost")
    func idlePoll() throws {
        let bench = CPUBench(
            .with {
                $0.idlePoll = .us(10); $0.idleExitBase = .us(3)
            })
        bench.spawn { process in
            bench.sleep(process, until: .us(10))
            #expect(bench.now == .us(10))
            bench.sleep(process, until: .us(21))
            #expect(bench.now == .us(24))
        }
        try bench.run()
    }

    @Test("A core that idled works slower at first, and warms up with its work")
    func coldCore() throws {
        let bench = CPUBench(
            .with {
                $0.coldPenalty = .us(100)
                $0.coolingTime = .milliseconds(1)
                $0.warmingTime = .us(10)
            })
        bench.spawn { process in
            bench.cpu.run(process, .us(50))
            #expect(bench.now == .us(50))
            bench.sleep(process, until: .us(1_050))
            let first = timed(bench) { bench.cpu.run(process, .us(10)) }
            let second = timed(bench) { bench.cpu.run(process, .us(10)) }
            let rest = timed(bench) { bench.cpu.run(process, .us(1_000)) }
            let cold = 100_000 * saturationAtOne
            #expect(isNear(first - .us(10), cold * saturationAtOne))
            #expect(isNear(second - .us(10), cold * (1 - saturationAtOne) * saturationAtOne))
            // All of the penalty that is due, once the core is warm.
            #expect(isNear(first + second + rest - .us(1_020), cold))
            #expect(timed(bench) { bench.cpu.run(process, .us(10)) } == .us(10))
        }
        try bench.run()
    }

    @Test("A process pays for the work that others did on its core meanwhile", arguments: [0, 20, 400])
    func eviction(othersWork: Int64) throws {
        let bench = CPUBench(
            .with {
                $0.evictionPenalty = .us(8); $0.evictionWork = .us(20)
            })
        bench.spawn { process in
            bench.sleep(process, until: .us(1_000))
            let expected = 8_000 * (othersWork == 20 ? saturationAtOne : othersWork == 0 ? 0 : 1)
            #expect(isNear(bench.now - .us(1_000), expected))
        }
        bench.spawn { process in
            bench.sleep(process, until: .us(100))
            if othersWork > 0 { bench.cpu.run(process, .us(othersWork)) }
        }
        try bench.run()
    }

    @Test("A process that moved to another core finds nothing of its caches there")
    func migration() throws {
        let bench = CPUBench(
            .with {
                $0.evictionPenalty = .us(8); $0.evictionWork = .us(20)
            }, cores: 2)
        bench.spawn { process in
            bench.sleep(process, until: .us(10))
            bench.cpu.run(process, .us(1_000))
        }
        bench.spawn { _ in }
        bench.spawn("mover") { process in
            bench.sleep(process, until: .us(100))
            #expect(bench.core(of: process) == 1)
            #expect(bench.now == .us(108))
        }
        try bench.run()
    }

    @Test("A process pays for its absence", arguments: [100, 10_000])
    func absence(away: Int64) throws {
        let bench = CPUBench(
            .with {
                $0.absencePenalty = .us(15); $0.absenceTime = .us(100)
            })
        bench.spawn { process in
            bench.sleep(process, until: .us(away))
            #expect(isNear(bench.now - .us(away), away == 100 ? 15_000 * saturationAtOne : 15_000))
        }
        try bench.run()
    }

    @Test("Work is slower only while every core is busy")
    func siblingSlowdown() throws {
        let bench = CPUBench(.with { $0.siblingSlowdown = 0.5 }, cores: 2)
        bench.spawn { process in
            #expect(timed(bench) { bench.cpu.run(process, .us(100)) } == .us(150))
            bench.sleep(process, until: .us(1_000))
            #expect(timed(bench) { bench.cpu.run(process, .us(100)) } == .us(100))
        }
        bench.spawn { bench.cpu.run($0, .us(200)) }
        try bench.run()
    }

    @Test("Jitter leaves the mean of a penalty as it is, and its constant share as its least")
    func jitter() throws {
        let bench = CPUBench(
            .with {
                $0.idleExitBase = .us(10); $0.jitter = 0.75
            })
        var exits: [Double] = []
        bench.spawn { process in
            for _ in 0..<4_000 {
                let due = bench.now + .us(50)
                bench.sleep(process, until: due)
                exits.append(Double((bench.now - due).count))
            }
        }
        try bench.run()
        let summary = try #require(Summary(of: exits))
        #expect(try #require(summary.interval(confidence: 0.999)).contains(10_000))
        #expect(summary.minimum >= 2_500)
        #expect(isWithin(0.1, try #require(summary.standardDeviation), of: 7_500))
    }

    @Test("A cold core's price has a jitter of its own")
    func coldJitter() throws {
        func spread(_ share: Double) throws -> Double {
            let bench = CPUBench(
                .with {
                    $0.coldPenalty = .us(100); $0.coolingTime = .us(10); $0.warmingTime = .us(10)
                    $0.jitter = 0.5; $0.coldJitter = share
                })
            var prices: [Double] = []
            bench.spawn { process in
                for _ in 0..<2_000 {
                    bench.sleep(process, until: bench.now + .us(1_000))
                    prices.append(Double((timed(bench) { bench.cpu.run(process, .us(500)) } - .us(500)).count))
                }
            }
            try bench.run()
            let summary = try #require(Summary(of: prices))
            #expect(isWithin(0.1, summary.mean, of: 100_000))
            return summary.standardDeviation ?? 0
        }
        #expect(try spread(0) < 1)
        #expect(isWithin(0.15, try spread(0.75), of: 75_000))
    }

    private func timed(_ bench: CPUBench, _ body: () -> Void) -> Nanoseconds {
        let start = bench.now
        body()
        return bench.now - start
    }

    /// Within the accuracy of the table of exponentials and of rounding.
    private func isNear(_ span: Nanoseconds, _ expected: Double) -> Bool {
        abs(Double(span.count) - expected) <= 2 + 1e-4 * expected
    }

    private func isWithin(_ share: Double, _ value: Double, of expected: Double) -> Bool {
        abs(value - expected) <= share * expected
    }

    @Test("The hypervisor steals its share of busy time, and nothing if it never does")
    func steal() throws {
        let work = Nanoseconds.seconds(10)
        func elapsed(_ interval: Nanoseconds) throws -> Nanoseconds {
            let bench = CPUBench(
                .with {
                    $0.stealInterval = interval; $0.stealTime = .us(200)
                })
            bench.spawn { process in
                for _ in 0..<100_000 { bench.cpu.run(process, work / 100_000) }
            }
            try bench.run()
            return bench.now
        }
        #expect(try elapsed(.zero) == work)
        // 200 us of every 10 ms of busy time. About 1,000 draws of each kind: the sum is known to 5 %.
        let stolen = try (elapsed(.us(10_000)) - work).seconds
        let expected = 10 * 0.02 / 0.98
        #expect(abs(stolen / expected - 1) < 0.15)
    }
}
