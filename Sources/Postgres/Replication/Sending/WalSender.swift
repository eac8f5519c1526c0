import SimTime
import WaitEvents

/// A walsender: sends one standby the WAL that is flushed here, and hears how far the standby has got
/// (src/backend/replication/walsender.c).
///
/// Private to its process, but for what is said to be in its slot.
final class WalSender<M: ReplicatingMachine> {
    /// No message carries more WAL than this (MAX_SEND_SIZE).
    static var maxSendSize: UInt64 { 16 * WALFormat.pageSize }

    let process: ServerProcess<M>
    let slot: Int
    let fields: SpinProtected<M, WalSndFields>
    var machine: M { process.machine }
    var server: Server<M> { process.server }

    /// Sent up to here; the same as in the slot.
    var sent: XLogRecPtr = 0
    /// Whether all that is flushed was sent, when last looked at (`WalSndCaughtUp`).
    var isCaughtUp = false
    /// Whether the standby has asked for WAL yet.
    private var isStreamingRequested = false
    var state = WalSndState.startup
    /// When the standby was last heard of (`last_reply_timestamp`).
    var lastReply: Instant
    /// Whether it was asked to answer and has not (`waiting_for_ping_response`).
    var awaitsPing = false
    var isClosed = false
    var lagTracker = LagTracker()
    /// Whether the last reply said that everything sent is replayed (`fullyAppliedLastTime`).
    var wasFullyApplied = false
    var candidates = SyncRepCandidates()
    private var knownReloads: UInt64 = 0

    init(_ process: ServerProcess<M>) {
        self.process = process
        slot = process.number - process.server.processes.walSenderNumbers.lowerBound
        fields = process.server.walSndCtl.walSenders[slot].fields
        lastReply = process.machine.now
    }

    /// Serves the standby until it is gone (walsender.c, StartReplication and WalSndLoop).
    func run(for applicationName: String) {
        fields.withLock(process) {
            $0 = WalSndFields()
            $0.isActive = true
            $0.applicationName = applicationName
        }
        SyncRepInitConfig()
        setState(.catchup)
        while !isClosed {
            machine.resetLatch()
            if machine.shutdownRequested { break }
            machine.accrue(.walSenderLoop)
            lookAtConfiguration()
            ProcessRepliesIfAny()
            if isClosed { break }
            serve()
        }
        machine.send(.closed)
        // The others learn of it with the next reply of theirs (WalSndKill).
        fields.withLock(process) { $0.isActive = false }
    }

    /// One round of sending, and a sleep if there is nothing more to do.
    private func serve() {
        guard isStreamingRequested else { return sleep() }
        if machine.outputIsPending { isCaughtUp = false } else { XLogSendPhysical() }
        let isPending = machine.outputIsPending
        if isCaughtUp && !isPending && state == .catchup { setState(.streaming) }
        guard checkTimeout() else { return }
        if isCaughtUp || isPending { sleep() }
    }

    /// The standby asks for all WAL from a position on.
    func start(at position: XLogRecPtr) {
        isStreamingRequested = true
        sent = position
        fields.withLock(process) { $0.sent = position }
    }

    func setState(_ state: WalSndState) {
        self.state = state
        fields.withLock(process) { $0.state = state }
    }

    /// Looks up which place the standby has among those that a commit waits for (syncrep.c, SyncRepInitConfig).
    private func SyncRepInitConfig() {
        knownReloads = server.walSndCtl.reloads.load()
        // Nobody but this process writes it.
        let name = fields.unprotected.applicationName
        let priority = server.syncRepConfig?.priority(of: name) ?? 0
        fields.withLock(process) { $0.priority = priority }
    }

    private func lookAtConfiguration() {
        if server.walSndCtl.reloads.load() != knownReloads { SyncRepInitConfig() }
    }

    // MARK: Sleeping

    /// Sleeps until something is to be done (WalSndWait).
    private func sleep() {
        let isListed = server.traits.walSendersSleepOnConditionVariable
        let sleepers = server.walSndCtl.sleepers
        if isListed { sleepers.withLock(process) { $0.add(slot) } }
        // A flush between the last look and the listing has woken nobody: look again.
        if !isListed || !hasMore {
            machine.observe(.walSenderSlept)
            process.withWaitEventSet(3) {
                machine.report(.activityWalSenderMain)
                _ = machine.waitLatchOrSocket(timeout: sleepTime)
                machine.report(.none)
            }
        }
        if isListed { sleepers.withLock(process) { $0.remove(slot) } }
    }

    private var hasMore: Bool {
        isStreamingRequested && !machine.outputIsPending && server.xlog.flushedUpTo > sent
    }

    private var timeout: Nanoseconds { .milliseconds(Int64(server.settings.walSenderTimeout)) }

    /// Until the standby must be asked whether it lives, or given up (WalSndComputeSleeptime).
    private var sleepTime: Nanoseconds {
        guard timeout > .zero else { return .seconds(10) }
        let due = lastReply + (awaitsPing ? timeout : timeout / 2)
        return max(due - machine.now, Nanoseconds.milliseconds(1))
    }

    /// Gives up a standby that has been silent for too long, and asks one that has been for half as long to answer;
    /// false if it is given up (WalSndCheckTimeOut, WalSndKeepaliveIfNecessary).
    private func checkTimeout() -> Bool {
        guard timeout > .zero else { return true }
        let silence = machine.now - lastReply
        if silence >= timeout {
            isClosed = true
            return false
        }
        if !awaitsPing && silence >= timeout / 2 { WalSndKeepalive(replyRequested: true) }
        return true
    }

    /// Tells the standby that the primary lives (WalSndKeepalive).
    func WalSndKeepalive(replyRequested: Bool) {
        machine.accrue(.walReply)
        machine.send(.keepalive(walEnd: sent, replyRequested: replyRequested))
        if replyRequested { awaitsPing = true }
    }
}

extension ServerProcess where M: ReplicatingMachine {
    /// Serves a standby that has just connected until it is gone or the server stops (walsender.c).
    public func WalSenderMain(for applicationName: String) { WalSender(self).run(for: applicationName) }
}
