import SimTime
import Testing

@testable import HostModel

/// How processes that all want one core share it.
@Suite("Sharing a core")
struct SharingTests {
    @Test("Processes that never block get equal shares, within a slice", arguments: [2, 3, 7])
    func equalShares(processes: Int) throws {
        let slice = Nanoseconds.milliseconds(1)
        let bench = CPUBench(.with { $0.slice = slice })
        var served = [Nanoseconds](repeating: .zero, count: processes)
        let end = Nanoseconds.milliseconds(200)
        for number in 0..<processes {
            bench.spawn { process in
                while bench.now < end {
                    bench.cpu.run(process, .us(70))
                    if bench.now <= end { served[number] += .us(70) }
                }
            }
        }
        try bench.run()
        let spread = served.max()! - served.min()!
        #expect(spread <= slice + .us(70))
        #expect(served.reduce(.zero, +) > end - .milliseconds(1))
    }

    @Test("A slice that ends takes the core from its process only if another one waits for it")
    func sliceEnd() throws {
        let bench = CPUBench(
            .with {
                $0.slice = .us(100); $0.contextSwitch = .us(5)
            })
        bench.spawn { process in
            bench.cpu.run(process, .us(1_000))
            bench.note("alone")
        }
        try bench.run()
        #expect(bench.time(of: "alone") == .us(1_005))

        let shared = CPUBench(
            .with {
                $0.slice = .us(100); $0.contextSwitch = .us(5)
            })
        for name in ["first", "second"] {
            shared.spawn { process in
                shared.cpu.run(process, .us(250))
                shared.note(name)
            }
        }
        try shared.run()
        // Turns of 100, 100, 100, 100, 50 and 50 us, each after a switch.
        #expect(shared.time(of: "first") == .us(475))
        #expect(shared.time(of: "second") == .us(530))
    }

    @Test("FIFO lets a process work until it blocks")
    func firstInFirstOut() throws {
        let bench = CPUBench(
            .with {
                $0.slice = .us(100); $0.scheduler = .fifo
            })
        for name in ["first", "second"] {
            bench.spawn { process in
                bench.cpu.run(process, .us(250))
                bench.note(name)
            }
        }
        try bench.run()
        #expect(bench.notes == [.init(name: "first", at: .us(250)), .init(name: "second", at: .us(500))])
    }

    @Test("A process that wakes does not take the core from one that has had no more than its share")
    func noWakeUpPreemption() throws {
        let bench = CPUBench()
        bench.spawn { process in
            bench.sleep(process, until: .us(10))
            bench.note("sleeper runs")
        }
        bench.spawn { bench.cpu.run($0, .us(1_000)) }
        try bench.run()
        #expect(bench.time(of: "sleeper runs") == .us(1_000))
    }

    @Test("31 followers of a leader on one core are served in the order in which it wakes them")
    func wokenFollowers() throws {
        let bench = CPUBench(.with { $0.contextSwitch = .us(2) })
        let followers = (0..<31).map { number in
            bench.spawn { process in
                bench.cpu.block(process, as: .waiting)
                bench.note("\(number)")
                bench.cpu.run(process, .us(3))
            }
        }
        bench.spawn("leader") { process in
            bench.sleep(process, until: .us(1_000))
            for follower in followers.reversed() {
                bench.cpu.makeReady(follower)
                bench.cpu.run(process, .us(1))
            }
        }
        try bench.run()
        #expect(bench.notes.map(\.name) == (0..<31).reversed().map(String.init))
        // The leader comes onto the core in 2 us and keeps it for its 31 posts; each follower then takes its turn.
        let expected = (0..<31).map { turn in Nanoseconds.us(1_035) + .us(5) * turn }
        #expect(bench.notes.map(\.at) == expected)
    }

    @Test(
        "A hog pays for what it had: one that slept takes the core from it, or is served before it after its slice",
        arguments: [(CPUSpec.WakeupPreemption.on, Nanoseconds.us(10)), (.off, .us(110))])
    func hogAndSleeper(preemption: CPUSpec.WakeupPreemption, limit: Nanoseconds) throws {
        let bench = CPUBench(
            .with {
                $0.slice = .us(100); $0.wakeupPreemption = preemption
            })
        var turns: [Nanoseconds] = []
        bench.spawn("hog") { process in
            while bench.now < .milliseconds(10) { bench.cpu.run(process, .us(10)) }
        }
        bench.spawn("sleeper") { process in
            for round in 1...9 as ClosedRange<Int64> {
                let due = Nanoseconds.milliseconds(round)
                bench.sleep(process, until: due)
                turns.append(bench.now - due)
                bench.cpu.run(process, .us(5))
            }
        }
        try bench.run()
        #expect(turns.count == 9)
        // At least the hog finishes what it is at.
        #expect(turns.allSatisfy { $0 <= limit })
        #expect(turns.contains { $0 > .us(10) } == (preemption == .off))
    }

    @Test("The threads of one session share the claim of one process", arguments: [CPUSpec.Autogroup.off, .on])
    func sessions(autogroup: CPUSpec.Autogroup) throws {
        let bench = CPUBench(
            .with {
                $0.slice = .us(100); $0.autogroup = autogroup
            })
        var served = [Nanoseconds](repeating: .zero, count: 3)
        let session = bench.cpu.openSession()
        let end = Nanoseconds.seconds(1)
        for number in 0..<3 {
            bench.spawn(session: number > 0 ? session : -1) { process in
                while bench.now < end {
                    bench.cpu.run(process, .us(10))
                    served[number] += .us(10)
                    // A new wait, as only a process that wakes is weighed again.
                    if number > 0 && served[number].count % 100_000 == 0 {
                        bench.sleep(process, until: bench.now + .us(1))
                    }
                }
            }
        }
        try bench.run()
        let share = Double(served[0].count) / Double(served.reduce(.zero, +).count)
        switch autogroup {
        case .off: #expect(abs(share - 1 / 3) < 0.02)
        case .on: #expect(abs(share - 1 / 2) < 0.03)
        }
    }
}
