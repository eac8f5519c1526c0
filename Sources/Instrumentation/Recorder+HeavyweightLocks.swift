import SimTime

/// Locks on transactions and rows: each process's are numbered behind the lightweight locks, and their holders become
/// known when somebody first waits for them.
extension Recorder {
    /// A process begins to sleep for a lock that `holder` has.
    public func heavyweightWaitStarted(_ lock: Int, heldBy holder: Int, by process: Int, _ now: Instant) {
        if self.holder(of: lock) != holder { lockAcquired(lock, by: holder, now) }
        lockWait(lock, by: process, begins: true, now)
    }

    /// A process that slept for a heavyweight lock has run again.
    public func heavyweightWaitDone(_ lock: Int, by process: Int, _ now: Instant) {
        lockWait(lock, by: process, begins: false, now)
    }

    /// A process lets go of a lock for which somebody waits, or has waited.
    public func heavyweightReleased(_ lock: Int, by process: Int, _ now: Instant) {
        lockReleased(lock, by: process, now)
    }
}
