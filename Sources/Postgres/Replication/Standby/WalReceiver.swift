import SimTime
import WaitEvents

/// A standby's walreceiver: takes WAL off the connection, writes and flushes it, and says so
/// (src/backend/replication/walreceiver.c). Private to its process.
private final class WalReceiver<M: ReplicatingMachine> {
    /// How often it looks around up to release 15 (NAPTIME_PER_CYCLE).
    static var nap: Nanoseconds { .milliseconds(100) }

    let process: ServerProcess<M>
    var machine: M { process.machine }
    var server: Server<M> { process.server }
    /// How far it has got (`LogstreamResult`).
    private var written: XLogRecPtr
    private var flushed: XLogRecPtr
    /// What the last reply said, and when the next one is due even if nothing has moved.
    private var repliedWrite: XLogRecPtr = 0
    private var repliedFlush: XLogRecPtr = 0
    private var nextReply: Instant
    /// When anything was last heard of the primary, and whether it was asked to answer since.
    private var lastHeard: Instant
    private var pingWasSent = false
    private var isClosed = false

    init(_ process: ServerProcess<M>) {
        self.process = process
        // What was flushed before a restart has been replayed from the standby's own files.
        flushed = process.server.walRcv.flushedUpto.load()
        written = flushed
        nextReply = process.machine.now
        lastHeard = process.machine.now
    }

    /// Streams until the connection is closed or the standby stops (WalReceiverMain).
    func run() {
        // Always from the start of a segment, so that none is ever half filled (walreceiverfuncs.c,
        // RequestXLogStreaming).
        let position = server.walRcv.flushedUpto.load()
        machine.send(.start(at: position - position % server.xlog.geometry.segmentSize))
        if server.traits.walReceiverRepliesAtOnce { XLogWalRcvSendReply(force: true) }
        while !isClosed && !machine.shutdownRequested {
            machine.accrue(.walReceiverLoop)
            drain()
            if isClosed { break }
            sleep()
        }
        flushWritten()
        machine.send(.closed)
    }

    /// Takes everything that has come. One flush serves all of it: the slower the device, the more.
    private func drain() {
        var gotAny = false
        while !isClosed, let message = machine.receiveMessage() {
            gotAny = true
            lastHeard = machine.now
            pingWasSent = false
            process(message)
        }
        guard gotAny, !isClosed else { return }
        XLogWalRcvSendReply()
        XLogWalRcvFlush()
    }

    private func process(_ message: ReplicationMessage) {
        switch message {
        case .wal(let start, let end, _): XLogWalRcvWrite(from: start, to: end)
        case .keepalive(_, let replyRequested): if replyRequested { XLogWalRcvSendReply(force: true) }
        case .closed: isClosed = true
        case .start, .reply: machine.panic("a walreceiver got what only walsenders get")
        }
    }

    // MARK: Writing

    /// Writes what a message brought, each segment's part into its file; a finished segment is flushed at once
    /// (XLogWalRcvWrite, XLogWalRcvClose).
    private func XLogWalRcvWrite(from start: XLogRecPtr, to end: XLogRecPtr) {
        let segmentSize = server.xlog.geometry.segmentSize
        var position = start
        while position < end {
            let next = min(end, (position / segmentSize + 1) * segmentSize)
            machine.spend(.walReceive, Int(next - position))
            machine.writeReceivedWAL(from: position, to: next, durable: isDurableWrite)
            position = next
            written = next
            server.walRcv.writtenUpto.store(written)
            // The segment that is left is made durable, and the primary told so.
            if position % segmentSize == 0 { XLogWalRcvFlush() }
        }
    }

    private var isDurableWrite: Bool { server.settings.fsync && server.settings.walSyncMethod.syncsOnWrite }

    /// Makes durable what was written, wakes the startup process, and says so (XLogWalRcvFlush).
    private func XLogWalRcvFlush() {
        if flushWritten() { XLogWalRcvSendReply() }
    }

    /// The same without a word to the primary, as when the connection is gone (WalRcvDie); false if there was nothing.
    @discardableResult
    private func flushWritten() -> Bool {
        guard flushed < written else { return false }
        process.issue_xlog_fsync(server.xlog.geometry.segmentEnding(at: written))
        flushed = written
        publishFlush()
        return true
    }

    private func publishFlush() {
        server.walRcv.flushedUpto.advance(to: flushed)
        machine.observe(.standbyFlushed(upTo: flushed))
        machine.setLatch(server.processes.startup)
    }

    // MARK: Replying

    /// Tells the primary how far the standby has got. Nothing is sent if neither what is written nor what is flushed
    /// has moved, unless it is due or `force` says so; how far replay has got is no reason (XLogWalRcvSendReply).
    private func XLogWalRcvSendReply(force: Bool = false, replyRequested: Bool = false) {
        let interval = server.settings.walReceiverStatusInterval
        // With an interval of 0 not even flushes are told: synchronous commits then wait for ever.
        guard force || interval > 0 else { return }
        let isNews = written != repliedWrite || flushed != repliedFlush
        guard force || isNews || machine.now >= nextReply else { return }
        nextReply = machine.now + .seconds(Int64(interval))
        repliedWrite = written
        repliedFlush = flushed
        machine.spend(.walReceiverReply)
        let positions = StandbyPositions(write: written, flush: flushed, apply: server.walRcv.replayedUpto.load())
        machine.send(.reply(positions, replyRequested: replyRequested))
    }

    // MARK: Sleeping

    private func sleep() {
        let timeout = sleepTime
        let due = machine.now + timeout
        let latchIsSet = process.withWaitEventSet(3) {
            machine.report(.activityWalReceiverMain)
            defer { machine.report(.none) }
            return machine.waitLatchOrSocket(timeout: timeout)
        }
        if latchIsSet {
            machine.resetLatch()
            if server.walRcv.forceReply.exchange(0) != 0 { XLogWalRcvSendReply(force: true) }
        } else if machine.now >= due {
            lookAround()
        }
    }

    private var timeout: Nanoseconds { .milliseconds(Int64(server.settings.walReceiverTimeout)) }

    /// Up to 15 a fixed nap, then until the next thing that is due.
    private var sleepTime: Nanoseconds {
        guard server.traits.walReceiverComputesWakeups else { return Self.nap }
        var due = Instant.distantFuture
        if server.settings.walReceiverStatusInterval > 0 { due = min(due, nextReply) }
        if timeout > .zero { due = min(due, lastHeard + (pingWasSent ? timeout : timeout / 2)) }
        return max(due - machine.now, .milliseconds(1))
    }

    /// Asks a primary that has been silent for half of `wal_receiver_timeout` to answer, and gives it up after the
    /// whole.
    private func lookAround() {
        var asks = false
        if timeout > .zero {
            let silence = machine.now - lastHeard
            if silence >= timeout {
                isClosed = true
                return
            }
            asks = !pingWasSent && silence >= timeout / 2
            if asks { pingWasSent = true }
        }
        XLogWalRcvSendReply(force: asks, replyRequested: asks)
    }
}

extension ServerProcess where M: ReplicatingMachine {
    /// Receives WAL over a connection that is just open, until it is closed or the standby stops (walreceiver.c).
    public func WalReceiverMain() { WalReceiver(self).run() }
}
