import CContext

// The paths from one process to the next. Functions over the pointer, not methods of the state: handlers and other
// processes change the state in between.
typealias StatePointer = UnsafeMutablePointer<KernelState>

/// Blocks the current process and goes straight to the next one that is due; returns when the wait is over.
@usableFromInline @inline(never) func switchToNext(_ state: UnsafeMutablePointer<KernelState>) {
    switchFrom(state.pointee.current, to: nextProcess(state), state)
}

/// Blocks the current process until an instant. The queue must not be empty, nor its first entry later than that.
///
/// A process that holds puts its entry in the place of the one that it makes way for. What is rare is left to
/// `switchPastFirst`, so that little has to be kept over calls here.
@inline(__always) func switchToNext(_ state: StatePointer, until time: Int64) {
    let leaving = state.pointee.current
    let slots = state.pointee.slots
    let first = state.pointee.queue.first
    let next = slots + Int(first.process)
    guard next.pointee.wait == first.wait, next.pointee.kind == .started, !state.pointee.ties.isRandom else {
        return switchPastFirst(state, until: time)
    }
    assert(slots[Int(leaving)].kind != .handler, "a handler blocked")
    let entry = state.pointee.makeEntry(for: leaving, at: time)
    state.pointee.deliver(to: first.process, at: first.time)
    next.pointee.wait &+= 1
    state.pointee.current = first.process
    state.pointee.queue.siftDown(entry)
    guard first.process != leaving else { return }
    walsim_context_switch(
        ProcessSlot.savedStackPointer(of: slots + Int(leaving)), next.pointee.stackPointer.unsafelyUnwrapped)
}

/// The same when the first entry is stale, or a handler's, or the first of its process, or when ties are random, so
/// that this process may come before one that is due at the same time.
@inline(never) private func switchPastFirst(_ state: StatePointer, until time: Int64) {
    let leaving = state.pointee.current
    let entry = state.pointee.makeEntry(for: leaving, at: time)
    let first = entry < state.pointee.queue.first ? entry : state.pointee.queue.replaceFirst(with: entry)
    let next = delivers(first, state) ? first.process : nextProcess(state)
    switchFrom(leaving, to: next, state)
}

/// Takes entries out until one ends the wait of a process; -1 if there is none. Runs the handlers that come before it.
@inline(__always) func nextProcess(_ state: StatePointer) -> Int32 {
    while state.pointee.queue.count > 0 {
        let entry = state.pointee.queue.popFirst()
        if delivers(entry, state) { return entry.process }
    }
    return KernelState.outside
}

/// Delivers an entry unless it is stale. True if it ended the wait of a process, which must be switched to.
@inline(__always) func delivers(_ entry: QueueEntry, _ state: StatePointer) -> Bool {
    let slot = state.pointee.slots + Int(entry.process)
    // No entry carries the wait of a finished process.
    guard slot.pointee.wait == entry.wait else { return false }
    if slot.pointee.kind == .handler {
        // Observers are handlers: what they look at, and how often, is no part of the trajectory.
        state.pointee.now = entry.time
        call(entry.process, state)
        return false
    }
    state.pointee.deliver(to: entry.process, at: entry.time)
    slot.pointee.wait &+= 1
    if slot.pointee.kind != .started { start(entry.process, state) }
    return true
}

@inline(never) func call(_ handler: Int32, _ state: StatePointer) {
    let interrupted = state.pointee.current
    state.pointee.current = handler
    state.pointee.records[Int(handler)].body!()
    state.pointee.current = interrupted
}

@inline(__always) func switchFrom(_ leaving: Int32, to next: Int32, _ state: StatePointer) {
    guard next != leaving else { return }
    let slots = state.pointee.slots
    assert(slots[Int(leaving)].kind != .handler, "a handler blocked")
    state.pointee.current = next
    walsim_context_switch(
        ProcessSlot.savedStackPointer(of: slots + Int(leaving)), slots[Int(next)].stackPointer.unsafelyUnwrapped)
}

/// Gives a process its stack: only now, so that those that have not started cost no memory.
@inline(never) func start(_ process: Int32, _ state: StatePointer) {
    let stack = state.pointee.stacks.acquire()
    state.pointee.records[Int(process)].stack = stack
    let top = state.pointee.stacks.top(of: stack)
    let slot = state.pointee.slots + Int(process)
    slot.pointee.stackPointer = walsim_context_prepare(top, runProcess, state)
    slot.pointee.kind = .started
}

/// The first function on every stack.
private let runProcess: @convention(c) (UnsafeMutableRawPointer) -> Void = { raw in
    let state = raw.assumingMemoryBound(to: KernelState.self)
    runBody(state)
    finishCurrent(state)
}

/// A function of its own, so that nothing of the body is alive on the stack when the process leaves it for good.
@inline(never) private func runBody(_ state: StatePointer) {
    let body = state.pointee.records[Int(state.pointee.current)].body.take()!
    body()
}

/// Ends the current process: hands its stack back and goes to the next one, or to `run` after the last.
@inline(never) private func finishCurrent(_ state: StatePointer) {
    let finished = state.pointee.current
    state.pointee.slots[Int(finished)].kind = .finished
    // What is queued for it is stale from now on.
    state.pointee.slots[Int(finished)].wait &+= 1
    state.pointee.alive -= 1
    let next = state.pointee.alive > 0 ? nextProcess(state) : KernelState.outside
    // After the start of the next process (by `nextProcess`), which would otherwise get this stack while it is in use.
    state.pointee.stacks.release(state.pointee.records[Int(finished)].stack.take()!)
    switchFrom(finished, to: next, state)
    fatalError("a finished process was resumed")
}
