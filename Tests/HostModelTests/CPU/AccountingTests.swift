import Instrumentation
import SimTime
import Testing

@testable import HostModel

/// Where the time of cores and of processes goes.
@Suite("Accounting of CPU time")
struct CPUAccountingTests {
    @Test("A core is busy while somebody works or is being switched in")
    func busyTime() throws {
        let bench = CPUBench(.with { $0.contextSwitch = .us(2) }, cores: 2)
        for _ in 0..<2 {
            bench.spawn { process in
                bench.cpu.run(process, .us(100))
                bench.sleep(process, until: .us(500))
                bench.cpu.run(process, .us(50))
                // Each core: two switches and both pieces of work.
                #expect(bench.cpu.busyTime == .us(2 * 154))
            }
        }
        try bench.run()
        #expect(bench.now == .us(552))
    }

    @Test("Busy time is read in the middle of work as well")
    func busyTimeInTheMiddle() throws {
        let bench = CPUBench()
        bench.spawn { bench.cpu.run($0, .us(100)) }
        let kernel = bench.simulation.kernel
        let probe = bench.simulation.addHandler("probe") {
            #expect(bench.cpu.busyTime == .us(30))
            bench.note("probed")
        }
        kernel.schedule(probe, at: .zero + .us(30))
        try bench.run()
        #expect(bench.time(of: "probed") == .us(30))
    }

    @Test("A process is running, ready or waiting, and the recorder knows for how long")
    func states() throws {
        let bench = CPUBench(capacity: 2)
        let start = bench.recorder.beginSpan(.zero)
        bench.spawn { bench.cpu.run($0, .us(100)) }
        bench.spawn { process in
            bench.cpu.run(process, .us(50))
            bench.cpu.block(process, as: .asleepWithoutEvent, until: .zero + .us(400))
            bench.cpu.run(process, .us(10))
        }
        try bench.run()
        let span = bench.recorder.endSpan(start, named: "all", .zero + bench.now)
        func total(_ state: ActivityState) -> Nanoseconds {
            Nanoseconds(Int64(span.activity.first { $0.state == state }!.total.count))
        }
        #expect(total(.running) == .us(160))
        #expect(total(.ready) == .us(100))
        #expect(total(.asleepWithoutEvent) == .us(250))
        // The first process has been gone since 100 us.
        #expect(total(.waiting) == .us(310))
    }

    @Test("A sleep with an alarm ends at the alarm, or when somebody wakes the process before it")
    func alarm() throws {
        let bench = CPUBench(cores: 2)
        let sleeper = bench.spawn { process in
            bench.cpu.block(process, as: .waiting, alarm: .zero + .us(100))
            bench.note("alarm")
            bench.cpu.block(process, as: .waiting, alarm: .zero + .us(400))
            bench.note("woken")
            // The alarm of the sleep before must not end this one.
            bench.cpu.block(process, as: .waiting, alarm: .zero + .us(900))
            bench.note("second alarm")
        }
        bench.spawn { process in
            bench.sleep(process, until: .us(250))
            bench.cpu.makeReady(sleeper)
        }
        try bench.run()
        #expect(bench.notes.map(\.at) == [.us(100), .us(250), .us(900)])
    }
}
