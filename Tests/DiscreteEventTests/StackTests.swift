import CContext
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

    @Test("Simulations share the guard pages of a program, and give them back")
    func sharedGuards() {
        let guards = StackGuards(5)
        var pools = (0..<2).map { _ in StackPool(stackSize: 64 * 1_024, guards: guards) }
        for _ in 0..<4 { _ = pools[0].acquire() }
        for _ in 0..<4 { _ = pools[1].acquire() }
        #expect(pools.map(\.guardedCount) == [4, 1])
        #expect(pools.map(\.mappedCount) == [4, 4])
        pools[0].unmapAll()
        for _ in 0..<5 { _ = pools[1].acquire() }
        #expect(pools[1].guardedCount == 5)
        pools[1].unmapAll()
        #expect((0..<6).map { _ in guards.take() } == [true, true, true, true, true, false])
    }

    @Test("All simulations of a program together have so many guard pages that mappings are left for other memory")
    func guardsOfProgram() async {
        await #expect(processExitsWith: .success) {
            var pools = (0..<2).map { _ in StackPool(stackSize: 16 * 1_024) }
            for index in pools.indices { for _ in 0..<6_000 { _ = pools[index].acquire() } }
            #expect(pools.reduce(0) { $0 + $1.guardedCount } == 8_192)
        }
    }

    #if os(Linux)
        @Test("When no mapping is left for a guard page, a process gets a stack without")
        func withoutMappings() async {
            await #expect(processExitsWith: .success) {
                let page = walsim_page_size()
                let pages = 2_400_000
                let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
                let base = try #require(mmap(nil, pages * page, PROT_NONE, flags, -1, 0))
                // Each page that differs from its neighbours takes two mappings more.
                var index = 1
                while index < pages, mprotect(base + index * page, page, PROT_READ) == 0 { index += 2 }
                let stack = walsim_stack_map(16 * page, true)
                munmap(base, pages * page)
                #expect(stack != nil)
            }
        }
    #endif

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
