import SimTime
import WaitEvents

/// The walwriter (src/backend/postmaster/walwriter.c).
extension ServerProcess {
    /// Idle rounds before the walwriter hibernates (LOOPS_UNTIL_HIBERNATE).
    private var loopsUntilHibernate: Int { 50 }
    /// How much longer a hibernating walwriter sleeps (HIBERNATE_FACTOR).
    private var hibernateFactor: Int64 { 25 }

    /// Writes and flushes in the background until the server stops (walwriter.c, WalWriterMain).
    public func WalWriterMain() {
        var loopsLeft = loopsUntilHibernate
        var isHibernating = false
        while true {
            // Published before the latch is reset, so that a commit after the reset is sure to set it.
            if isHibernating != (loopsLeft <= 1) {
                isHibernating = loopsLeft <= 1
                server.xlog.info.withLock(self) { $0.walWriterSleeping = isHibernating }
            }
            machine.resetLatch()
            if machine.shutdownRequested { return }
            machine.spend(.walWriterLoop)
            SyncRepUpdateSyncStandbysDefined()
            if XLogBackgroundFlush() {
                loopsLeft = loopsUntilHibernate
            } else if loopsLeft > 0 {
                loopsLeft -= 1
            }
            let delay = Nanoseconds.milliseconds(Int64(server.settings.walWriterDelay))
            withWaitEventSet(2) {
                machine.report(.activityWalWriterMain)
                _ = machine.waitLatch(timeout: loopsLeft > 0 ? delay : delay * hibernateFactor)
                machine.report(.none)
            }
        }
    }
}
