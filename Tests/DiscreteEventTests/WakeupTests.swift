import DiscreteEvent
import SimTime
import Testing

@Suite struct WakeupTests {
    @Test("A wake-up by another process beats a later timeout, which is then stale and not counted")
    func staleTimeout() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let transcript = Transcript(simulation)
        let waiter = simulation.spawn("waiter") {
            kernel.wake(kernel.current, at: .microseconds(10))
            kernel.suspend()
            transcript.note("woken")
            kernel.hold(until: .microseconds(20))
            transcript.note("held")
        }
        simulation.spawn("waker") {
            kernel.hold(.microseconds(3))
            kernel.wake(waiter, at: kernel.now)
        }
        try simulation.run()
        #expect(transcript.lines == ["3 woken", "20 held"])
        // Two starts, the waker's hold, the wake-up and the waiter's hold.
        #expect(simulation.wakeups == 5)
    }

    @Test("A timeout ends a wait that nobody else ends")
    func timeout() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        simulation.spawn("waiter") {
            kernel.wake(kernel.current, at: .microseconds(10))
            kernel.suspend()
        }
        try simulation.run()
        #expect(kernel.now == .microseconds(10))
    }

    @Test("What is queued for a process that has finished is dropped")
    func finished() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        simulation.spawn("finished") { kernel.wake(kernel.current, at: .microseconds(10)) }
        simulation.spawn("other") { kernel.hold(until: .microseconds(20)) }
        try simulation.run()
        #expect(kernel.now == .microseconds(20))
        // Two starts and the other one's hold.
        #expect(simulation.wakeups == 3)
    }

    @Test("A timeout does not outlive a hold that only moved the clock")
    func timeoutBeforeFastHold() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        simulation.spawn("waiter") {
            kernel.wake(kernel.current, at: .microseconds(10))
            kernel.hold(.microseconds(5))
            kernel.suspend()
        }
        #expect(throws: Deadlock.self) { try simulation.run() }
        #expect(kernel.now == .microseconds(5))
    }

    @Test("Of two wake-ups for one wait the second is stale, and does not reach the next wait")
    func twoWakers() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let transcript = Transcript(simulation)
        let waiter = simulation.spawn("waiter") {
            for number in 1...2 {
                kernel.suspend()
                transcript.note("wait \(number) over")
            }
        }
        simulation.spawn("waker") {
            kernel.hold(.microseconds(1))
            kernel.wake(waiter, at: .microseconds(2))
            kernel.wake(waiter, at: .microseconds(3))
            kernel.hold(until: .microseconds(4))
            kernel.wake(waiter, at: .microseconds(4))
        }
        try simulation.run()
        #expect(transcript.lines == ["2 wait 1 over", "4 wait 2 over"])
    }

    @Test("A wake-up of a finished process is ignored and does not move the clock")
    func finishedProcess() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let short = simulation.spawn("short") {}
        simulation.spawn("long") {
            kernel.hold(.microseconds(1))
            kernel.wake(short, at: .microseconds(5))
            kernel.hold(.microseconds(9))
        }
        try simulation.run()
        #expect(kernel.now == .microseconds(10))
        #expect(simulation.wakeups == 4)
    }

    @Test("A wake-up ends a hold early, whose own entry is then stale")
    func wakesAHold() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let transcript = Transcript(simulation)
        let holder = simulation.spawn("holder") {
            kernel.hold(.microseconds(10))
            transcript.note("woken")
            kernel.suspend()
            transcript.note("woken again")
        }
        simulation.spawn("waker") {
            kernel.wake(holder, at: .microseconds(4))
            kernel.hold(.microseconds(20))
            kernel.wake(holder, at: kernel.now)
        }
        try simulation.run()
        #expect(transcript.lines == ["4 woken", "20 woken again"])
    }

    @Test("A wake-up in the past ends the program")
    func wakeInThePast() async {
        await #expect(processExitsWith: .failure) {
            let simulation = Simulation()
            let kernel = simulation.kernel
            simulation.spawn("process") {
                kernel.hold(.microseconds(2))
                kernel.wake(kernel.current, at: .microseconds(1))
            }
            try simulation.run()
        }
    }
}
