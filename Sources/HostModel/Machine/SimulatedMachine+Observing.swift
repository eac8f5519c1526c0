import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// What an observer of the run is told, beside the recorder.
extension SimulatedMachine {
    // Out of line, as is the next: an ordinary run pays for one branch.
    @inline(never)
    func tell(_ event: WaitEvent) {
        probe?.reported(event, by: Int(number))
        observer?.reported(event, by: recorded, now)
    }

    @inline(never)
    func tell(_ observation: Observation) {
        probe?.observed(observation, by: Int(number))
        guard let observer else { return }
        let lockBase = instance.lockBase
        switch observation {
        case .lockAcquired(let lock, let exclusive):
            observer.lockAcquired(lock + lockBase, exclusive: exclusive, by: recorded, now)
        case .lockReleased(let lock): observer.lockReleased(lock + lockBase, by: recorded, now)
        case .lockWaitStarted(let lock): observer.lockWait(lock + lockBase, begins: true, by: recorded, now)
        case .lockWaitDone(let lock): observer.lockWait(lock + lockBase, begins: false, by: recorded, now)
        case .heavyweightWaitStarted(let lock, let holder):
            // Such a lock's holder is known only from now on.
            observer.lockAcquired(lock + lockBase, exclusive: true, by: holder + recorded - Int(number), now)
            observer.lockWait(lock + lockBase, begins: true, by: recorded, now)
        case .heavyweightWaitDone(let lock): observer.lockWait(lock + lockBase, begins: false, by: recorded, now)
        case .heavyweightReleased(let lock): observer.lockReleased(lock + lockBase, by: recorded, now)
        case .recordInserted: observer.recordInserted(by: recorded, now)
        case .walWritten: observer.written(upTo: instance.durability.written, by: recorded, now)
        case .flushed(let position): observer.flushed(upTo: position, by: recorded, now)
        case .committed(let end, _): observer.committed(end: end, by: recorded, now)
        default: return
        }
    }
}

extension SimulatedCluster {
    /// What an observer must know of this cluster.
    ///
    /// - Parameter start: t = 0.
    public func facts(start: Instant) -> RunFacts {
        let all = instances + standbys
        return RunFacts(
            release: recorder.release, processes: all.flatMap { $0.server.processes.types },
            servers: all.flatMap { instance in instance.recorded.map { _ in instance.number } },
            serverNames: all.map(\.name), lockEvents: all.flatMap { $0.server.lockEvents },
            start: start, insertHead: { all[$0].server.xlog.insertHead })
    }
}
