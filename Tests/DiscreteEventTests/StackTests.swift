import Foundation
import SimTime
import Testing

@testable import DiscreteEvent

@Suite struct StackTests {
    @Test("Stacks are used again: processes one after the other share two, three at a time need a third")
    func reuse() throws {
        let simulation = Simulation()
        for index in 0..<100 {
            simulation.spawn("short \(index)", at: .microseconds(Int64(index))) {
                simulation.kernel.hold(Nanoseconds(500))
            }
        }
        try simulation.run()
        // A process that ends gives its stack back after it has started the next one.
        #expect(simulation.mappedStacks == 2)
        for index in 0..<3 { simulation.spawn("long \(index)") { simulation.kernel.hold(.microseconds(1)) } }
        try simulation.run()
        #expect(simulation.mappedStacks == 3)
    }

    @Test("A chain of processes, each started by the end of the one before, uses two stacks")
    func chain() throws {
        let simulation = Simulation()
        var length = 0
        func link() {
            length += 1
            if length < 1_000 { simulation.spawn("link \(length)", body: link) }
        }
        simulation.spawn("link 0", body: link)
        try simulation.run()
        #expect(length == 1_000)
        #expect(simulation.mappedStacks == 2)
    }

    @Test("10,000 processes run side by side and end in any order")
    func tenThousand() throws {
        let simulation = Simulation()
        let kernel = simulation.kernel
        var ended: [Int] = []
        for index in 0..<10_000 {
            simulation.spawn("process \(index)") {
                for step in 1...3 { kernel.hold(.microseconds(Int64((index * 7_919 + step) % 10_007))) }
                ended.append(index)
            }
        }
        try simulation.run()
        #expect(simulation.mappedStacks == 10_000)
        #expect(Set(ended).count == 10_000)
        #expect(ended != ended.sorted())
        #expect(simulation.wakeups == 40_000)
    }

    @Test("The lowest page of a stack is a guard: an overflow ends the program")
    func overflow() async {
        await #expect(processExitsWith: .failure) {
            var pool = StackPool(stackSize: 64 * 1_024)
            pool.acquire().storeBytes(of: 1, as: UInt8.self)
        }
    }

    @Test("All of a stack above the guard is usable, and the guard does not count")
    func usable() {
        var pool = StackPool(stackSize: 64 * 1_024)
        let stack = pool.acquire()
        let bottom = pool.top(of: stack) - 64 * 1_024
        bottom.storeBytes(of: 1, as: UInt8.self)
        #expect(bottom > stack)
        pool.unmapAll()
    }

    @Test("A simulation that was never run frees the bodies of its processes")
    func neverRun() {
        weak var object: Captured?
        do {
            let simulation = Simulation()
            let captured = Captured()
            object = captured
            simulation.spawn("process") { captured.value += 1 }
            _ = simulation.addHandler("handler") { captured.value += 1 }
        }
        #expect(object == nil)
    }

    @Test("A process that ends frees what its body refers to, the simulation included")
    func released() throws {
        weak var object: Captured?
        weak var weakSimulation: Simulation?
        do {
            let simulation = Simulation()
            let captured = Captured()
            object = captured
            weakSimulation = simulation
            simulation.spawn("process") {
                simulation.kernel.hold(.microseconds(1))
                captured.value += 1
            }
            try simulation.run()
        }
        #expect(object == nil)
        #expect(weakSimulation == nil)
    }
}

private final class Captured { var value = 0 }
