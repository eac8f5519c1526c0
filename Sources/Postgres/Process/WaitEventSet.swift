/// What a wait for a latch costs besides the wait itself (src/backend/storage/ipc/latch.c).
extension ServerProcess {
    /// Waits with a set of events that up to release 13 is made and freed for every single wait; later releases keep
    /// one.
    ///
    /// On old kernels both take a mutex that all processes of the machine share.
    /// - Parameter events: how many descriptors are waited for: the latch, the postmaster's death, and maybe a socket.
    @inline(__always)
    func withWaitEventSet<Result>(_ events: Int, _ wait: () -> Result) -> Result {
        guard server.traits.buildsWaitEventSets else { return wait() }
        CreateWaitEventSet(events)
        let result = wait()
        FreeWaitEventSet()
        return result
    }

    /// Makes an epoll set and adds every event to it (latch.c, CreateWaitEventSet and AddWaitEventToSet).
    private func CreateWaitEventSet(_ events: Int) {
        machine.spend(.eventSetCreate)
        for _ in 0..<events { machine.addToEventSet() }
    }

    /// Takes the signal that set the latch, with its write to the self-pipe and the read from it, and closes the set
    /// (latch.c, latch_sigusr1_handler, drainSelfPipe and FreeWaitEventSet).
    private func FreeWaitEventSet() {
        machine.accrue(.latchSignal)
        machine.closeEventSet()
    }
}

extension Server {
    /// Whether setting another process's latch sends it a signal, whether it sleeps or not: so up to release 13, which
    /// do not know who sleeps (latch.c, SetLatch).
    package var setsLatchesBySignal: Bool { traits.buildsWaitEventSets }
}
