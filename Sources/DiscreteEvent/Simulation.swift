public import SimTime

/// One discrete-event simulation: processes that run one at a time in virtual time.
///
/// Each process is ordinary blocking code on a stack of its own. A process that blocks (see `Kernel`) switches straight
/// to the next one that is due; time passes only there. Equal inputs give equal trajectories.
///
/// A simulation is a value of its own: any number live side by side. Each is created, run and freed on one thread.
/// A simulation freed with blocked processes (after a `Deadlock`) does not unwind their stacks: objects that these
/// still refer to are leaked.
public final class Simulation {
    /// Bytes of a stack. Debug code keeps every temporary in memory of its own and needs more. Only touched pages take
    /// memory.
    public static var defaultStackSize: Int {
        #if DEBUG
            1_024 * 1_024
        #else
            256 * 1_024
        #endif
    }

    /// The handle for simulated code.
    public let kernel: Kernel
    private let state: StatePointer

    /// Tells what a blocked process waits for, for the report of a deadlock.
    public var describeBlocked: ((ProcessID) -> String)?

    /// - Parameters:
    ///   - ties: the order of wake-ups due at the same instant.
    ///   - stackSize: bytes of each process's stack, rounded up to whole pages.
    public init(ties: TieBreaking = .insertionOrder, stackSize: Int = Simulation.defaultStackSize) {
        state = .allocate(capacity: 1)
        state.initialize(to: KernelState(ties: ties, stackSize: stackSize))
        kernel = Kernel(state: state)
    }

    deinit {
        state.pointee.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Creates a process that runs `body` from an instant on, by default from now; usable before the run and during it.
    ///
    /// The body is released when the process ends, so it may refer to this simulation.
    @discardableResult
    public func spawn(_ name: String, at instant: Instant? = nil, body: @escaping () -> Void) -> ProcessID {
        let process = state.pointee.add(name, kind: .unstarted, body: body)
        state.pointee.alive += 1
        state.pointee.queueWakeup(of: process.index, at: instant?.nanoseconds ?? state.pointee.now)
        return process
    }

    /// Creates a callback to be called at the instants given to `Kernel.schedule`.
    ///
    /// It runs on the stack of whichever process blocks before it, and must not block itself.
    public func addHandler(_ name: String, _ body: @escaping () -> Void) -> ProcessID {
        state.pointee.add(name, kind: .handler, body: body)
    }

    /// Runs until every process has finished; entries of handlers that are still queued then stay queued.
    ///
    /// - Throws: `Deadlock` if processes are blocked and the queue is empty.
    public func run() throws(Deadlock) {
        precondition(state.pointee.current == KernelState.outside, "run called from a process")
        if state.pointee.alive > 0 { switchToNext(state) }
        if state.pointee.alive > 0 { throw deadlock() }
    }

    /// Wake-ups delivered so far, holds that only moved the clock included and calls of handlers not.
    public var wakeups: UInt64 { state.pointee.wakeups }

    /// A hash over time and process of every delivered wake-up, in order: equal for equal trajectories. Calls of
    /// handlers do not enter it, so that observation does not change it.
    public var digest: UInt64 { state.pointee.digest }

    /// The name that a process or handler was created with.
    public func name(of process: ProcessID) -> String { state.pointee.records[Int(process.index)].name }

    /// Stacks mapped so far: the greatest number of processes that were started and not finished at one time.
    var mappedStacks: Int { state.pointee.stacks.mappedCount }

    private func deadlock() -> Deadlock {
        let blocked = state.pointee.records.indices.lazy.map { ProcessID(index: Int32($0)) }
            .filter { self.isBlocked($0) }
            .map { Deadlock.Blocked(process: $0, name: self.name(of: $0), detail: self.describeBlocked?($0) ?? "") }
        return Deadlock(instant: kernel.now, blocked: Array(blocked))
    }

    private func isBlocked(_ process: ProcessID) -> Bool { state.pointee.slots[Int(process.index)].kind == .started }
}
