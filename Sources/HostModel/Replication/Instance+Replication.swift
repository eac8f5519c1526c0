import DiscreteEvent
import Postgres
import SimTime

/// What an instance keeps for replication: on a primary its links by slot, on a standby its one link.
struct InstanceReplication {
    var links: [ReplicationLink] = []
    /// For a standby: whether it runs, and whether the whole run is over.
    var isUp = true
    var isStopping = false
    /// For a standby: when queries hold replay up.
    var conflicts: [StallSchedule] = []
}

/// Processes that come and go: those of a standby, and the walsenders of its primary.
extension Instance {
    var isStandby: Bool { server.processes.isStandby }

    /// The connection of a walsender or walreceiver, and its end.
    func replicationEnd(of number: ProcNumber) -> (link: ReplicationLink, end: LinkEnd) {
        if isStandby { return (replication.links[0], replication.links[0].receiver) }
        let link = replication.links[number - server.processes.walSenderNumbers.lowerBound]
        return (link, link.sender)
    }

    // MARK: Processes

    func spawnWalSenders() {
        for (slot, number) in server.processes.walSenderNumbers.enumerated() {
            let link = replication.links[slot]
            spawn("walsender \(link.name)", number) { process in
                while link.awaitConnection() { process.WalSenderMain(for: link.name) }
            }
        }
    }

    func spawnStandby() {
        let link = replication.links[0]
        spawn("startup", server.processes.startup) { [self] process in
            while awaitStart(server.processes.startup) { process.StartupProcessMain() }
        }
        spawn("walreceiver", server.processes.walReceiver) { [self] process in
            while awaitStart(server.processes.walReceiver) {
                if link.connect() { process.WalReceiverMain() }
            }
        }
    }

    /// Waits, as no process of the server, until the standby is up; false once the run is over.
    private func awaitStart(_ number: ProcNumber) -> Bool {
        while true {
            if replication.isStopping { return false }
            if replication.isUp { return true }
            beAbsent(number)
        }
    }

    /// Sleeps where pg_stat_activity does not show the process, until `wakeAbsent`.
    func beAbsent(_ number: ProcNumber) {
        processes[number].isAbsent = true
        host.cpu.block(cpuNumber(number), as: .absent)
        processes[number].isAbsent = false
    }

    /// Wakes a process that is absent; true if it was.
    func wakeAbsent(_ number: ProcNumber) -> Bool {
        guard processes[number].isAbsent else { return false }
        processes[number].isAbsent = false
        host.cpu.makeReady(cpuNumber(number))
        return true
    }

    /// A process that sleeps on its latch or socket may go on; true if it slept.
    func wakeFromLatch(_ number: ProcNumber) -> Bool {
        guard processes[number].waitsOnLatch else { return false }
        processes[number].waitsOnLatch = false
        host.cpu.makeReady(cpuNumber(number))
        return true
    }

    // MARK: Stopping and starting

    /// The standby's processes are killed: what is written and not flushed is lost, and its connection breaks.
    func stopStandby() {
        guard replication.isUp else { return }
        replication.isUp = false
        replication.links[0].drop()
        rouse()
    }

    /// The standby comes back.
    func startStandby() {
        replication.isUp = true
        rouse()
    }

    /// The run is over: every process that only waits must look.
    private func stopReplication() {
        replication.isStopping = true
        rouse()
    }

    /// The walsenders go, and the standbys.
    func endReplication() {
        stopReplication()
        for link in replication.links { link.receiver.instance.stopReplication() }
    }

    private func rouse() {
        let numbers = isStandby ? 0..<server.processes.count : server.processes.walSenderNumbers
        for number in numbers where !wakeAbsent(number) { setLatch(number) }
    }

    /// For how long a query still holds replay up.
    func recoveryConflict(at now: Instant) -> Nanoseconds {
        var end = now + Nanoseconds(1)
        for index in replication.conflicts.indices {
            end = replication.conflicts[index].delay(from: now, until: end, now: now)
        }
        return end - now - Nanoseconds(1)
    }

    // MARK: Backends that wait for standbys

    /// The backends that wait for standbys, those first that wait for the oldest WAL.
    var waitingForStandbys: [ProcNumber] {
        let queues = SyncRepMode.allCases.flatMap { server.syncRepQueue($0) }
        return queues.sorted { ($0.lsn, $0.process) < ($1.lsn, $1.process) }.map(\.process)
    }

    /// Sends a backend a signal.
    func interrupt(_ number: ProcNumber, _ interrupt: Interrupt) {
        processes[number].interrupt = interrupt
        setLatch(number)
    }
}
