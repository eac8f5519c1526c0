public import SimTime

/// The handle by which simulated code uses its simulation: one pointer, no reference counting.
///
/// Valid as long as its `Simulation`, and on that simulation's thread only. `hold` and `suspend` are for processes;
/// a handler must not call them. The current process must not keep an `inout` access to a class's property open across
/// them: other processes run meanwhile, and may want the same property.
public struct Kernel {
    @usableFromInline let state: UnsafeMutablePointer<KernelState>

    init(state: UnsafeMutablePointer<KernelState>) { self.state = state }

    /// The current virtual time.
    @inlinable public var now: Instant { Instant(nanoseconds: state.pointee.now) }

    /// The process or handler that runs; its index is -1 outside all of them.
    @inlinable public var current: ProcessID { ProcessID(index: state.pointee.current) }

    /// Blocks the current process until an instant, which must not be in the past.
    ///
    /// Nothing can happen before the next queued wake-up. If that is due after `target`, the clock moves and the
    /// process goes on: no queueing, no switch, the same trajectory. A wake-up of this process by another one ends the
    /// wait early.
    @inlinable @inline(__always) public func hold(until target: Instant) {
        if !passes(until: target) { holdQueued(until: target) }
    }

    /// `hold` if nothing is due up to `target`; else nothing happens, and the answer is false: the caller may then
    /// leave what it has at hand before it calls `holdQueued`.
    @inlinable @inline(__always) public func passes(until target: Instant) -> Bool {
        precondition(target >= now, "a hold until an instant in the past")
        return passes(at: target.nanoseconds)
    }

    /// The same for a span, which must not be negative.
    @inlinable @inline(__always) public func passes(_ span: Nanoseconds) -> Bool {
        assert(span >= .zero, "a hold of a negative span")
        return passes(at: state.pointee.now + span.count)
    }

    @inlinable @inline(__always) func passes(at time: Int64) -> Bool {
        guard state.pointee.queue.first.time > time else { return false }
        let process = state.pointee.current
        assert(state.pointee.slots[Int(process)].kind != .handler, "a handler blocked")
        // Wake-ups that this process had queued for itself are for the wait that is now over.
        state.pointee.slots[Int(process)].wait &+= 1
        state.pointee.deliver(to: process, at: time)
        return true
    }

    /// Blocks the current process for a span, which must not be negative.
    @inlinable @inline(__always) public func hold(_ span: Nanoseconds) {
        hold(until: now + span)
    }

    /// Blocks the current process until a wake-up for this wait is delivered.
    @inlinable public func suspend() { switchToNext(state) }

    /// Queues a wake-up that ends the current wait of a process at an instant, which must not be in the past.
    ///
    /// The wait that a process is in, or for the current process the next one: its timeout. If that wait has ended
    /// by another wake-up when this one comes due, this one is stale: it is neither delivered nor counted.
    @inlinable public func wake(_ process: ProcessID, at instant: Instant) {
        state.pointee.queueWakeup(of: process.index, at: instant.nanoseconds)
    }

    /// Queues a call of a handler at an instant, which must not be in the past.
    @inlinable public func schedule(_ handler: ProcessID, at instant: Instant) {
        state.pointee.queueWakeup(of: handler.index, at: instant.nanoseconds)
    }

    /// Whether an entry, stale ones included, is due at or before an instant.
    @inlinable public func isDue(by instant: Instant) -> Bool {
        state.pointee.queue.count > 0 && state.pointee.queue.first.time <= instant.nanoseconds
    }

    /// `hold` when something is due up to `target` (see `passes`).
    public func holdQueued(until target: Instant) {
        switchToNext(state, until: target.nanoseconds)
    }
}
