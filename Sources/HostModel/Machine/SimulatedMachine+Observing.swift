import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// What the recorder is told, and beside it an observer of the run.
extension SimulatedMachine {
    /// Tells the recorder what the algorithms did.
    @inline(__always)
    func record(_ observation: Observation, _ recorder: Recorder) {
        switch observation {
        case .lockAcquired(let lock, let exclusive):
            if exclusive { recorder.lockAcquired(lock + Int(lockBase), by: recorded, now) }
        case .lockReleased(let lock), .heavyweightReleased(let lock):
            recorder.lockReleased(lock + Int(lockBase), by: recorded, now)
        case .lockWaitStarted(let lock): recorder.lockWait(lock + Int(lockBase), by: recorded, begins: true, now)
        case .lockWaitDone(let lock), .heavyweightWaitDone(let lock):
            recorder.lockWait(lock + Int(lockBase), by: recorded, begins: false, now)
        case .heavyweightWaitStarted(let lock, let holder):
            recorder.heavyweightWaitStarted(
                lock + Int(lockBase), heldBy: holder + recorded - Int(number), by: recorded, now)
        case .recordInserted(let type, let length, let imageBytes, let images):
            recorder.recordInserted(type: type, length: length, images: Int(images), imageBytes: imageBytes)
        case .walWritten(let took): recorder.walWritten(took: took)
        // pg_stat_wal is the primary's.
        case .walSynced(let took): if !isStandby { recorder.walSynced(took: took) }
        case .walBufferEvicted: recorder.walBufferEvicted()
        case .flushed(let position):
            recorder.flushed(upTo: position, server: instance.number)
            recorder.asyncCommitsDurable(after: instance.durability.flushed(upTo: position, now))
        case .committed(let end, let synchronous):
            recorder.committed(end: end, server: instance.number)
            instance.durability.committed(end: end, synchronous: synchronous, now)
        case .checkpoint(let what): recorder.record(what, now)
        case .segment(let what): recorder.record(what)
        case .syncRepWaitStarted, .syncRepWaitDone, .walSent, .standbyReplied, .walSenderSlept, .waitersReleased:
            recorder.countReplication(by: recorded) { count(observation, &$0) }
        case .standbysConfirmed, .standbyFlushed, .replayed: break
        }
    }

    // Out of line: replication is no part of the path that is run most.
    @inline(never)
    private func count(_ observation: Observation, _ counters: inout ReplicationCounters) {
        switch observation {
        case .syncRepWaitStarted: counters.waits += 1
        case .syncRepWaitDone(_, _, let interrupt): if interrupt != nil { counters.cancelled += 1 }
        case .walSent(let start, let end):
            counters.sends += 1
            counters.sentBytes += end - start
        case .standbyReplied: counters.replies += 1
        case .walSenderSlept: counters.sleeps += 1
        case .waitersReleased(let count, let queues):
            counters.releases += 1
            counters.queuesWoken += UInt64(queues)
            counters.released += UInt64(count)
        default: break
        }
    }

    // Out of line, as all that follows: an ordinary run pays for one branch.
    @inline(never)
    func explore() { host.explore() }

    @inline(never)
    func tellCopied(position: XLogRecPtr, record: XLogRecord, offset: Int, count: Int) {
        probe?.copied(record, offset: offset, count: count, to: position, by: Int(number))
    }

    @inline(never)
    func tellReplied() { probe?.replied(Int(number)) }

    @inline(never)
    func reportAndTell(_ event: WaitEvent) {
        record(event)
        probe?.reported(event, by: Int(number))
        observer?.reported(event, by: recorded, now)
    }

    @inline(never)
    func recordAndTell(_ observation: Observation) {
        record(observation)
        probe?.observed(observation, by: Int(number))
        guard let observer else { return }
        let lockBase = instance.lockBase
        switch observation {
        case .lockAcquired(let lock, let exclusive):
            observer.lockAcquired(lock + lockBase, exclusive: exclusive, by: recorded, now)
        case .lockReleased(let lock), .heavyweightReleased(let lock):
            observer.lockReleased(lock + lockBase, by: recorded, now)
        case .lockWaitStarted(let lock): observer.lockWait(lock + lockBase, begins: true, by: recorded, now)
        case .lockWaitDone(let lock), .heavyweightWaitDone(let lock):
            observer.lockWait(lock + lockBase, begins: false, by: recorded, now)
        case .heavyweightWaitStarted(let lock, let holder):
            // Such a lock's holder is known only from now on.
            observer.lockAcquired(lock + lockBase, exclusive: true, by: holder + recorded - Int(number), now)
            observer.lockWait(lock + lockBase, begins: true, by: recorded, now)
        case .recordInserted: observer.recordInserted(by: recorded, now)
        case .walWritten: observer.written(upTo: instance.durability.written, by: recorded, now)
        case .flushed(let position): observer.flushed(upTo: position, by: recorded, now)
        case .committed(let end, _): observer.committed(end: end, by: recorded, now)
        default: return
        }
    }
}

extension SimulatedCluster {
    /// What an observer must know of this cluster, which it does not keep: the recorder owns the observer.
    ///
    /// - Parameter start: t = 0.
    public func facts(start: Instant) -> RunFacts {
        let all = instances + standbys
        return RunFacts(
            release: recorder.release, processes: all.flatMap { $0.server.processes.types },
            servers: all.flatMap { instance in instance.recorded.map { _ in instance.number } },
            serverNames: all.map(\.name), lockEvents: all.flatMap { $0.server.lockEvents },
            start: start, insertHead: { [unowned self] in server(numbered: $0).xlog.insertHead },
            standbys: standbyFacts, awaitedStandby: { [unowned self] in awaitedStandby(of: $0) })
    }

    /// A server by the recorder's number: standbys come behind the servers that clients use.
    private func server(numbered number: Int) -> SimulatedServer {
        (number < instances.count ? instances[number] : standbys[number - instances.count]).server
    }
}
