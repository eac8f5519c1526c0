/// What of the inputs counts for less than they seem to say.
extension CalibrationStory {
    var inputGaps: [CalibrationReport.Gap?] {
        [fitGap, clientsGap, silentCounters, tableWithoutCommits, standbysGap]
            + data.runs.flatMap { [oddRun($0), sampledLog($0)] }
    }

    private var silentCounters: CalibrationReport.Gap? {
        guard let (wal, source) = data.sync.statWAL, source != CalibrationData.serverName, let silence = wal.silence
        else { return nil }
        return .init(
            what: "what a sync takes within PostgreSQL: \(source) does not tell, as \(silence)",
            assumed: "what the other inputs say",
            remedy: wal.syncTime == nil
                ? "--stat-wal with sums of fsyncs AS wal_sync and fsync_time AS wal_sync_time of pg_stat_io"
                : "--stat-wal of some minutes with track_wal_io_timing = on")
    }

    private var tableWithoutCommits: CalibrationReport.Gap? {
        guard let (table, source) = data.waldump, draft.transaction == nil else { return nil }
        return .init(
            what: "what \(source) says about transactions: there are no "
                + (table.commits == 0 ? "commits in it" : "records but commits in it"),
            assumed: "nothing of it is used",
            remedy: "--waldump with pg_waldump --stats=record of some minutes of load, without --rmgr")
    }

    private var standbysGap: CalibrationReport.Gap? {
        guard !draft.standbys.isEmpty else { return nil }
        return .init(
            what: "the standbys that synchronous_standby_names waits for",
            assumed: draft.standbys.joined(separator: ", ")
                + ", each on a machine like the server's, 200us away",
            remedy: "standbys by hand: storage, network.round_trip")
    }

    private func oddRun(_ run: MeasuredRun) -> CalibrationReport.Gap? {
        run.oddity.map { oddity in
            .init(
                what: "what \(run.sources.joined(separator: ", ")) says about commits: the run \(oddity.text)",
                assumed: "nothing: the fit leaves it out", remedy: oddity.remedy)
        }
    }

    private func sampledLog(_ run: MeasuredRun) -> CalibrationReport.Gap? {
        guard run.loggedShare < 0.99 else { return nil }
        return .init(
            what: "the transactions that have no line in \(run.sources.joined(separator: ", ")), "
                + "\(Self.digits(100 - run.loggedShare * 100)) % of all",
            assumed: "\(Self.digits(run.tps)) a second in all, like those with a line",
            remedy: "--pgbench with a log without --sampling-rate")
    }

    /// That of a factor as the fit tells, if what it was fitted to goes together: else it would promise too much.
    func error(of factor: CostFit.Factor) -> Double {
        fit.map { $0.converged && $0.isConsistent } == true ? factor.standardError : .infinity
    }

    private var fitGap: CalibrationReport.Gap? {
        guard let fit, !fit.converged || !fit.isConsistent else { return nil }
        let assumed = "sync latencies times \(Self.digits(fit.sync.value)), which meets throughputs best"
        guard !fit.isConsistent else {
            return .init(
                what: "how exact the fitted factors are: the fit did not settle", assumed: assumed,
                remedy: "--pgbench with longer runs, and of other numbers of clients")
        }
        return .init(
            what: "what these runs waited for: they do not go with "
                + (draft.sync.isMeasured ? "these sync times" : "each other on one machine"),
            assumed: assumed,
            remedy: "--pgbench and --fsync from the same device, with the wal_sync_method of the runs")
    }

    private var clientsGap: CalibrationReport.Gap? {
        guard let waits = data.waits, waits.samples.clientsAreUnknown else { return nil }
        return .init(
            what: "how many clients there are: hardly a process of \(waits.source) is seen twice",
            assumed: "the most at an instant, \(load.clients)",
            remedy: "--waits with idle sessions too, or clients.count by hand")
    }
}
