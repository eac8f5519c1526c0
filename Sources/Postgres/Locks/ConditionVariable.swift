import WaitEvents

/// The two ends of a condition variable's queue; the links are in the processes' entries (proclist.h).
struct ConditionVariableQueue {
    var head = invalidProcNumber
    var tail = invalidProcNumber
}

/// Processes that sleep until a condition may have come true (src/backend/storage/lmgr/condition_variable.c): a handle.
///
/// A sleeper looks at its condition after it has queued itself, so that no change escapes it; a broadcast takes
/// everybody off the queue, and who still finds the condition false queues itself again.
struct ConditionVariable<M: Machine> {
    let queue: SpinProtected<M, ConditionVariableQueue>

    init(memory: M.Memory) { queue = SpinProtected(ConditionVariableQueue(), memory: memory) }

    func deallocate() { queue.deallocate() }
}

extension ServerProcess {
    /// Sleeps until `isTrue` holds; whoever makes it true broadcasts afterwards (condition_variable.c,
    /// ConditionVariablePrepareToSleep, ConditionVariableSleep and ConditionVariableCancelSleep).
    func awaitCondition(_ variable: ConditionVariable<M>, _ event: WaitEvent, until isTrue: () -> Bool) {
        if isTrue() { return }
        enqueue(variable)
        while !isTrue() {
            machine.report(event)
            withWaitEventSet(2) { machine.waitLatch() }
            machine.resetLatch()
            machine.report(.none)
            enqueue(variable)
        }
        dequeue(variable)
    }

    /// Wakes all that sleep now (condition_variable.c, ConditionVariableBroadcast).
    ///
    /// The broadcaster queues itself behind them and stops when it comes to its own entry: who wakes and finds the
    /// condition false is back in the queue before the last one is out of it, and two would keep each other and the
    /// broadcaster busy for ever.
    func ConditionVariableBroadcast(_ variable: ConditionVariable<M>) {
        var (woken, isQueued) = variable.queue.withLock(self) { queue in
            let first = popFirst(&queue)
            if queue.head != invalidProcNumber { append(to: &queue) }
            return (first, myProc.pointee.cvIsQueued)
        }
        if let woken { machine.setLatch(woken) }
        // Another broadcaster may have taken the entry off: then it wakes the rest.
        while isQueued {
            (woken, isQueued) = variable.queue.withLock(self) { queue in
                let first = popFirst(&queue)
                return (first, myProc.pointee.cvIsQueued)
            }
            if let woken, woken != number { machine.setLatch(woken) }
        }
    }

    private func popFirst(_ queue: inout ConditionVariableQueue) -> ProcNumber? {
        let first = queue.head
        guard first != invalidProcNumber else { return nil }
        remove(first, from: &queue)
        return first
    }

    /// Queues this process unless it still is in the queue.
    private func enqueue(_ variable: ConditionVariable<M>) {
        variable.queue.withLock(self) { queue in
            if !myProc.pointee.cvIsQueued { append(to: &queue) }
        }
    }

    /// Puts this process at the end of the queue.
    private func append(to queue: inout ConditionVariableQueue) {
        myProc.pointee.cvIsQueued = true
        myProc.pointee.cvNext = invalidProcNumber
        myProc.pointee.cvPrevious = queue.tail
        if queue.tail == invalidProcNumber { queue.head = number } else { procs[queue.tail].cvNext = number }
        queue.tail = number
    }

    private func dequeue(_ variable: ConditionVariable<M>) {
        variable.queue.withLock(self) { queue in
            if myProc.pointee.cvIsQueued { remove(number, from: &queue) }
        }
    }

    private func remove(_ number: ProcNumber, from queue: inout ConditionVariableQueue) {
        let next = procs[number].cvNext
        let previous = procs[number].cvPrevious
        if previous == invalidProcNumber { queue.head = next } else { procs[previous].cvNext = next }
        if next == invalidProcNumber { queue.tail = previous } else { procs[next].cvPrevious = previous }
        procs[number].cvIsQueued = false
    }
}
