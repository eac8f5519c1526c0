/// Telling walsenders that there is more to send (src/backend/replication/walsender.c).
extension ServerProcess {
    /// Wakes the walsenders after a flush of this process's own, once it has let go of WALWriteLock
    /// (walsender.h, WalSndWakeupProcessRequests). Costs nothing on a server without standbys.
    @inline(__always)
    func WalSndWakeupProcessRequests() {
        guard wakeWalSenders else { return }
        wakeWalSenders = false
        if !server.walSndCtl.walSenders.isEmpty { WalSndWakeup() }
    }

    /// Up to 15 every slot is looked at, whether a standby uses it or not; from 16 on only those who sleep
    /// (walsender.c, WalSndWakeup).
    @inline(never)
    private func WalSndWakeup() {
        if server.traits.walSendersSleepOnConditionVariable {
            wakeSleepingWalSenders()
        } else {
            wakeAllWalSenders()
        }
    }

    private func wakeAllWalSenders() {
        let slots = server.walSndCtl.walSenders
        for slot in slots where slot.fields.withLock(self, { $0.isActive }) { machine.setLatch(slot.process) }
        machine.accrue(.walSenderSlot, max(server.settings.maxWALSenders - slots.count, 0))
    }

    private func wakeSleepingWalSenders() {
        let control = server.walSndCtl
        // Those who come back to sleep meanwhile have seen this flush: one round over the present ones will do. A stale
        // number does no harm: who lists itself later looks for more WAL once more before it sleeps.
        var left = control.sleepers.unprotected.count
        while left > 0, let slot = control.sleepers.withLock(self, { $0.takeFirst() }) {
            machine.setLatch(control.walSenders[slot].process)
            left -= 1
        }
    }
}
