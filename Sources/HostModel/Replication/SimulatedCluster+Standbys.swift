import DiscreteEvent
import Instrumentation
import Postgres
import SimTime

/// Standbys as a whole: making them, stopping and starting them, and ending a run that waits for one.
extension SimulatedCluster {
    /// Links each standby to its primary.
    static func link(_ spec: ClusterSpec, _ primaries: [Instance], _ standbys: [Instance]) {
        var next = 0
        for (primary, instance) in zip(primaries, spec.instances) where !instance.standbys.isEmpty {
            let commits = ReplayedCommits(standbys: instance.standbys.count)
            commits.keepsAll = instance.standbys.contains { $0.settings.recoveryMinApplyDelay > 0 }
            primary.server.replayedCommits = commits
            for (slot, standby) in instance.standbys.enumerated() {
                let other = standbys[next]
                next += 1
                other.server.replayedCommits = commits
                other.server.standbyNumber = slot
                let link = ReplicationLink(standby, primary: primary, slot: slot, standby: other, seed: spec.seed)
                primary.replication.links.append(link)
                other.replication.links = [link]
            }
        }
    }

    /// The standbys of that name, one of each primary that has it.
    private func standbys(named name: String) -> [Instance] {
        standbys.filter { $0.replication.links[0].name == name }
    }

    /// Kills a standby's server; it keeps what its device has.
    public func stopStandby(_ name: String) {
        for standby in standbys(named: name) { standby.stopStandby() }
    }

    /// Starts a standby again: it asks for WAL from the segment on that it has not finished.
    public func startStandby(_ name: String) {
        for standby in standbys(named: name) { standby.startStandby() }
    }

    /// Cancels the statements of so many backends that wait for standbys, those first that wait for the oldest WAL.
    public func cancelWaiting(_ count: Int) {
        for instance in instances {
            for number in instance.waitingForStandbys.prefix(count) { instance.interrupt(number, .cancel) }
        }
    }

    /// How many backends wait for standbys, on all servers.
    public var backendsWaitingForStandbys: Int { instances.reduce(0) { $0 + $1.waitingForStandbys.count } }

    /// Changes the settings of every server that has the same as the first one, as a reload does.
    public func reload(_ settings: Settings) {
        let old = server.settings
        for instance in instances where instance.server.settings == old {
            let server = instance.server
            server.reload(settings)
            guard !instance.replication.links.isEmpty else { continue }
            for number in [server.walWriter] + Array(server.processes.walSenderNumbers) {
                instance.setLatch(number)
            }
        }
    }

    /// Sees to it that a run ends whose backends wait for a standby that will not come back: a server that is stopped
    /// ends these waits.
    func endWaitsWhenStopped() {
        // A server waits for standbys that it names even if there are none.
        guard !standbys.isEmpty || instances.contains(where: { $0.server.awaitsStandbys }) else { return }
        var pause = Nanoseconds.seconds(1)
        let kernel = simulation.kernel
        var handler: ProcessID?
        // Beyond a minute a backend must sleep in a device. A server that still has not stopped when the longest of
        // all stalls is over never will: that is a deadlock to be reported.
        let patience = Int(Self.patience.count / pause.count)
        var round = 0
        handler = simulation.addHandler("end waits") { [unowned self] in
            round += 1
            let waiting = instances.filter { !$0.lastBackendHasEnded }
            for instance in waiting {
                for number in instance.waitingForStandbys { instance.interrupt(number, .shutdown) }
                if round == patience { instance.endReplication() }
            }
            if round >= patience { pause += pause }
            if !waiting.isEmpty && round < patience + 26 { kernel.schedule(handler!, at: kernel.now + pause) }
        }
        kernel.schedule(handler!, at: kernel.now + pause)
    }

    /// What pg_stat_replication shows now, one row a connected standby.
    public var statReplication: [StandbyRow] {
        instances.flatMap { instance in
            instance.replication.links.indices.compactMap { slot in
                instance.server.standby(slot: slot).map { StandbyRow($0) }
            }
        }
    }
}

extension StandbyRow {
    fileprivate init(_ view: SimulatedServer.StandbyView) {
        self.init(
            applicationName: view.applicationName, state: view.state.rawValue, sent: view.sent,
            write: view.positions.write, flush: view.positions.flush, replay: view.positions.apply,
            writeLag: view.lags.write, flushLag: view.lags.flush, replayLag: view.lags.apply,
            syncPriority: view.priority, syncState: view.syncState)
    }
}
