import DiscreteEvent
import SimTime
import Testing

@Suite struct HandlerTests {
    @Test("A handler is called at the instants it was scheduled for, between the processes")
    func calls() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let transcript = Transcript(simulation)
        let handler = simulation.addHandler("device") { transcript.note("device") }
        simulation.spawn("process") {
            kernel.schedule(handler, at: .microseconds(2))
            kernel.schedule(handler, at: .microseconds(4))
            for _ in 0..<2 {
                kernel.hold(.microseconds(3))
                transcript.note("process")
            }
        }
        try simulation.run()
        #expect(transcript.lines == ["2 device", "3 process", "4 device", "6 process"])
        // The start and two holds; calls are no wake-ups.
        #expect(simulation.wakeups == 3)
    }

    @Test("A handler can wake, schedule itself and spawn, and is the current process meanwhile")
    func actions() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let transcript = Transcript(simulation)
        let waiter = simulation.spawn("waiter") {
            kernel.suspend()
            transcript.note("woken")
        }
        var calls: [ProcessID] = []
        let handler = simulation.addHandler("handler") {
            calls.append(kernel.current)
            if calls.count < 3 { return kernel.schedule(kernel.current, at: kernel.now + .microseconds(1)) }
            simulation.spawn("child") { transcript.note("child") }
            kernel.wake(waiter, at: kernel.now + .microseconds(1))
        }
        kernel.schedule(handler, at: .microseconds(1))
        try simulation.run()
        #expect(calls == [handler, handler, handler])
        #expect(transcript.lines == ["3 child", "4 woken"])
    }

    @Test("A handler that runs on the stack of an ending process can start many processes")
    func handlerOnEndingStack() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        var finished = 0
        let handler = simulation.addHandler("handler") {
            for index in 0..<100 {
                simulation.spawn("child \(index)") {
                    kernel.hold(.microseconds(Int64(100 - index)))
                    finished += 1
                }
            }
        }
        simulation.spawn("late", at: .microseconds(50)) { finished += 1 }
        simulation.spawn("ending") { kernel.schedule(handler, at: .microseconds(1)) }
        try simulation.run()
        #expect(finished == 101)
    }

    @Test("The run ends with the last process, although calls of a handler are still queued")
    func endsWithProcesses() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        let handler = simulation.addHandler("ticker") {
            kernel.schedule(kernel.current, at: kernel.now + .microseconds(1))
        }
        kernel.schedule(handler, at: .zero)
        simulation.spawn("process") { kernel.hold(.microseconds(10)) }
        try simulation.run()
        #expect(kernel.now == .microseconds(10))
    }

    @Test("A handler that blocks ends the program")
    func blockingHandler() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let simulation = Simulation()
            let kernel = simulation.kernel
            let handler = simulation.addHandler("blocking") { kernel.suspend() }
            kernel.schedule(handler, at: .zero)
            simulation.spawn("a") { kernel.hold(.microseconds(1)) }
            simulation.spawn("b") { kernel.hold(.microseconds(1)) }
            try simulation.run()
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("a handler blocked"))
    }
}
