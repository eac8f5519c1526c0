import Instrumentation
import Postgres

/// What observers know of standbys.
extension SimulatedCluster {
    /// Every standby, those of the first primary first.
    var standbyFacts: [StandbyFacts] {
        var facts: [StandbyFacts] = []
        for primary in instances {
            for (slot, link) in primary.replication.links.enumerated() {
                let standby = link.receiver.instance
                facts.append(
                    StandbyFacts(
                        name: link.name, server: primary.number, serverName: primary.name,
                        walSender: primary.processBase + primary.server.processes.walSenderNumbers.lowerBound + slot,
                        walReceiver: standby.processBase + standby.server.processes.walReceiver,
                        startup: standby.processBase + standby.server.processes.startup))
            }
        }
        return facts
    }

    /// What a process, by its recorder's number, waits for in IPC:SyncRep; nil if it does not, or no longer.
    func awaitedStandby(of process: Int) -> AwaitedStandby? {
        var first = 0
        for primary in instances {
            if primary.recorded.contains(process) {
                switch primary.server.syncRepBlocker(of: process - primary.processBase) {
                case .standby(let slot, let mode): return .standby(first + slot, apply: mode == .apply)
                case .missing: return .missing
                case nil: return nil
                }
            }
            first += primary.replication.links.count
        }
        return nil
    }
}
