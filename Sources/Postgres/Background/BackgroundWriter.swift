import SimTime

/// The background writer (src/backend/postmaster/bgwriter.c), as far as it writes WAL. All pages are in shared buffers
/// and none is ever needed for another, so that it writes none of them.
extension ServerProcess {
    /// How often running transactions are logged (LOG_SNAPSHOT_INTERVAL_MS).
    private var snapshotInterval: Nanoseconds { .seconds(15) }
    /// `bgwriter_delay`.
    private var bgWriterDelay: Nanoseconds { .milliseconds(200) }

    /// Logs every 15 s which transactions run, if something of note was logged since the last time (9.6: anything at
    /// all), so that a standby need not wait for a checkpoint to know them; sleeps until that is due
    /// (bgwriter.c, BackgroundWriterMain).
    public func BackgroundWriterMain() {
        var lastSnapshot = machine.now
        var lastPosition = server.xlog.start
        while true {
            machine.resetLatch()
            if machine.shutdownRequested { return }
            if server.traits.marksUnimportantWAL { lastPosition = server.checkpoints.snapshotQuietUpTo.load() }
            if machine.now - lastSnapshot >= snapshotInterval, hasImportantWAL(since: lastPosition) {
                lastPosition = LogStandbySnapshot()
                server.checkpoints.snapshotQuietUpTo.store(lastPosition)
                lastSnapshot = machine.now
            }
            machine.report(.activityBgWriterMain)
            _ = machine.waitLatch(timeout: max(snapshotInterval - (machine.now - lastSnapshot), bgWriterDelay))
            machine.report(.none)
        }
    }
}
