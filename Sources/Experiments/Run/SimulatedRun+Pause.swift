import SimTime

/// The checkpoint between earlier runs and the measured one.
extension SimulatedRun {
    /// How often it is looked whether the last transaction is over.
    private static var pollInterval: Nanoseconds { .milliseconds(10) }

    /// Has clients pause before t = 0, and a checkpoint made once none of them is in a transaction.
    func schedulePause(of pause: Nanoseconds) {
        schedule("pause", at: start - pause) { [unowned self] in cluster.pauseClients() }
        schedule("checkpoint", at: start - pause + scenario.checkpointAfter) { [unowned self] in checkpointAtRest() }
        schedule("resume", at: start) { [unowned self] in cluster.resumeClients() }
    }

    /// A phase begins: in one of rest clients pause until its end.
    func beginPhase(_ index: Int) {
        guard index < scenario.phases.count, case .idle(let rest) = scenario.phases[index].end else { return }
        cluster.pauseClients()
        schedule("end of rest", at: cluster.simulation.kernel.now + rest) { [unowned self] in
            guard !hasEnded else { return }
            cluster.resumeClients()
            completePhase(index)
        }
    }

    private func checkpointAtRest() {
        let now = cluster.simulation.kernel.now
        if cluster.clientsAreAtRest {
            cluster.requestCheckpoint()
        } else if now + Self.pollInterval < start {
            schedule("rest", at: now + Self.pollInterval) { [unowned self] in checkpointAtRest() }
        }
    }
}
