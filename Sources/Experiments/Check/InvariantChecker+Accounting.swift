import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// What the checker has counted itself.
struct Counts {
    var writes = 0
    var syncs = 0
    var writeEvents = 0
    var syncEvents = 0
    var walWritten = 0
    var walSynced = 0
    var evictions = 0
    var flushes = 0
    var commits = 0
}

/// Counters and times at the end of a run.
extension InvariantChecker {
    func countReport(_ event: WaitEvent, by process: ProcNumber) {
        switch watched[process].event {
        case .ioWALWrite: counts.writeEvents += 1
        case .ioWALSync: counts.syncEvents += 1
        default: break
        }
    }

    /// Compares the books with what the recorder says of the whole run.
    func checkEnd(_ span: SpanResult) {
        checkPositions()
        if copied.finishedEnd != xlog.insertHead {
            fail(
                .reservation,
                "reserved up to \(formatLSN(xlog.insertHead)), copied up to \(formatLSN(copied.finishedEnd))")
        }
        checkCalls(span)
        checkTimes(span)
    }

    private func checkCalls(_ span: SpanResult) {
        let writes = [counts.writes, counts.writeEvents, counts.walWritten, Int(span.pgStatWAL.walWrite)]
        let syncs = [counts.syncs, counts.syncEvents, counts.walSynced, Int(span.pgStatWAL.walSync)]
        if Set(writes).count > 1 {
            fail(.accounting, "calls, events, observations and counter of writes are \(writes)")
        }
        if Set(syncs).count > 1 { fail(.accounting, "calls, events, observations and counter of syncs are \(syncs)") }
        if counts.commits != Int(span.commits) || counts.flushes != Int(span.flushes) {
            fail(
                .accounting,
                "commits \(counts.commits) and \(span.commits), flushes \(counts.flushes) and \(span.flushes)")
        }
        if counts.evictions != Int(span.pgStatWAL.walBuffersFull) {
            fail(.accounting, "evictions \(counts.evictions), wal_buffers_full \(span.pgStatWAL.walBuffersFull)")
        }
    }

    private func checkTimes(_ span: SpanResult) {
        let processes = Dictionary(grouping: server.processes.types) { $0 }.mapValues(\.count)
        for (type, count) in processes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let events = span.waitEvents.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            let states = span.activity.filter { $0.backendType == type }.reduce(TotalTime.zero) { $0 + $1.total }
            let expected = TotalTime(span.span) * Int64(count)
            // A walsender is there while its standby is.
            let isWhole = type == .walSender ? events <= expected : events == expected
            if !isWhole || states != events {
                fail(.time, "\(type.name): \(expected) in all, \(events) by wait event, \(states) by state")
            }
        }
    }
}
