import DiscreteEvent

/// Tells whether this program was built with the flags that the hot targets need.
///
/// The compiler does not say which flags it was given, but what they do can be timed. Without them the release build
/// loses up to three quarters of its speed while everything still works.
enum BuildCheck {
    /// What is missing; empty for a proper release build.
    static func complaints() -> [String] {
        #if DEBUG
            return ["built for debugging: the figures below say nothing, use -c release"]
        #else
            var complaints: [String] = []
            if !optimizesAcrossModules { complaints.append("built without -cross-module-optimization") }
            if checksExclusivity { complaints.append("built without -enforce-exclusivity=unchecked") }
            return complaints
        #endif
    }

    private static let calls = 10_000_000

    /// A getter of another module, not marked inlinable, is inlined and leaves the loop; otherwise each turn calls it.
    private static var optimizesAcrossModules: Bool {
        let simulation = Simulation()
        let counter = Counter()
        var sum: UInt64 = 0
        let probe = least { for _ in 0..<calls { sum &+= simulation.wakeups } }
        return sum == 0 && probe < least { for _ in 0..<calls { counter.call() } } / 2
    }

    /// A checked access to a class's property is two calls into the runtime on top of the one that both ways make.
    private static var checksExclusivity: Bool {
        let counter = Counter()
        let checked = least { for _ in 0..<calls { counter.addToProperty() } }
        return checked > least { for _ in 0..<calls { counter.addToMemory() } } * 2
    }

    private static func least(_ body: () -> Void) -> Double { (0..<3).map { _ in seconds(body) }.min()! }
}

/// Changes a property, or memory, through a stored closure: the compiler must not see that nobody else is at it.
private final class Counter {
    var value: UInt64 = 0
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    var add: (inout UInt64) -> Void = { $0 &+= 1 }

    init() { memory.initialize(to: 0) }
    deinit { memory.deallocate() }

    @inline(never) func call() { memory.pointee &+= 1 }
    @inline(never) func addToMemory() { add(&memory.pointee) }
    @inline(never) func addToProperty() { add(&value) }
}
