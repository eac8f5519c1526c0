import DiscreteEvent
import SimTime
import Testing

@Suite struct ProcessTests {
    @Test("Processes run in the order of their times, first queued first served at equal times")
    func order() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let transcript = Transcript(simulation)
        for (name, step) in [("a", 2), ("b", 3), ("c", 2)] {
            simulation.spawn(name) {
                for _ in 0..<3 {
                    kernel.hold(.microseconds(Int64(step)))
                    transcript.note(name)
                }
            }
        }
        try simulation.run()
        #expect(transcript.lines == ["2 a", "2 c", "3 b", "4 a", "4 c", "6 b", "6 a", "6 c", "9 b"])
        #expect(kernel.now == .microseconds(9))
        #expect(simulation.wakeups == 12)
    }

    @Test("A process starts at the instant it was spawned for, and at once without one")
    func spawnTimes() throws {
        let simulation = Simulation()
        let transcript = Transcript(simulation)
        simulation.spawn("late", at: .microseconds(7)) { transcript.note("late") }
        simulation.spawn("parent") {
            simulation.kernel.hold(.microseconds(5))
            simulation.spawn("child") { transcript.note("child") }
            simulation.spawn("later child", at: .microseconds(6)) { transcript.note("later child") }
            transcript.note("parent")
        }
        try simulation.run()
        #expect(transcript.lines == ["5 parent", "5 child", "6 later child", "7 late"])
    }

    @Test("Processes are numbered from zero and know themselves")
    func numbers() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        var seen: [ProcessID] = []
        let ids = ["a", "b"].map { simulation.spawn($0) { seen.append(kernel.current) } }
        #expect(kernel.current.index == -1)
        try simulation.run()
        #expect(seen == ids)
        #expect(ids.map(\.index) == [0, 1])
        #expect(ids.map { simulation.name(of: $0) } == ["a", "b"])
        #expect(kernel.current.index == -1)
    }

    @Test("A hold for no time lets those that are due go first")
    func holdForNoTime() throws {
        let simulation = Simulation()
        let transcript = Transcript(simulation)
        for name in ["a", "b"] {
            simulation.spawn(name) {
                transcript.note("\(name)1")
                simulation.kernel.hold(.zero)
                transcript.note("\(name)2")
            }
        }
        try simulation.run()
        #expect(transcript.lines == ["0 a1", "0 b1", "0 a2", "0 b2"])
    }

    @Test("A simulation can be run again with new processes")
    func runAgain() throws {
        let simulation = Simulation()
        let transcript = Transcript(simulation)
        for name in ["first", "second"] {
            simulation.spawn(name) {
                simulation.kernel.hold(.microseconds(1))
                transcript.note(name)
            }
            try simulation.run()
        }
        try simulation.run()
        #expect(transcript.lines == ["1 first", "2 second"])
    }

    @Test("An entry is due by an instant at or after its time")
    func isDue() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        #expect(!kernel.isDue(by: .distantFuture))
        simulation.spawn("late", at: .microseconds(5)) {}
        #expect(!kernel.isDue(by: .microseconds(4)))
        #expect(kernel.isDue(by: .microseconds(5)))
        try simulation.run()
        #expect(!kernel.isDue(by: .distantFuture))
    }
}
