/// Tells where each value of a calibrated scenario came from, and what the inputs did not tell.
struct CalibrationStory {
    let draft: CalibratedScenario
    let data: CalibrationData
    let fit: CostFit?
    let load: CalibratedScenario.Load

    init(
        _ draft: CalibratedScenario, _ data: CalibrationData, _ fit: CostFit?, _ load: CalibratedScenario.Load
    ) {
        self.draft = draft
        self.data = data
        self.fit = fit
        self.load = load
    }

    /// One sentence a value, for the scenario's description.
    var description: String {
        let parts = values(CalibrationInputs()).map { "\($0.path): \($0.text) (\($0.source))" }
        return "Calibrated from measurements. " + parts.joined(separator: "; ") + "."
    }

    /// Adds values, fit and gaps to a report.
    func fill(_ report: inout CalibrationReport, _ inputs: CalibrationInputs) {
        report.values = values(inputs)
        report.syncQuality = draft.sync.quality
        report.gaps = gaps(inputs)
        guard let fit else { return }
        report.factors = [
            .init(
                name: "CPU costs, times", value: fit.cpu.value, standardError: error(of: fit.cpu),
                isIdentified: fit.cpu.isIdentified),
            .init(
                name: "sync latency, times", value: fit.sync.value, standardError: error(of: fit.sync),
                isIdentified: fit.sync.isIdentified),
        ]
        report.runs = fit.rows.map { row in
            .init(
                clients: row.run.clients, measuredTPS: row.run.tps, simulatedTPS: row.simulatedTPS,
                measuredLatency: row.run.latency.map { $0.mean / 1_000 }, simulatedLatency: row.simulatedLatency,
                source: row.run.sources.joined(separator: ", "))
        }
        report.syncTime = fit.syncTime.map { ($0.measured / 1_000, $0.simulated / 1_000) }
    }

    // MARK: Values

    private func values(_ inputs: CalibrationInputs) -> [CalibrationReport.Value] {
        var values = [
            CalibrationReport.Value(
                path: "host.storage.wal.sync",
                text: "mean " + DurationPrinter.text(draft.sync.deviceMean(cpu: cpu) * (fit?.sync.value ?? 1)),
                source: syncSource),
            .init(path: "clients.count", text: String(load.clients), source: clientsSource),
            .init(path: "clients.load", text: loadText, source: loadSource),
            .init(path: "transactions", text: transactionText, source: transactionSource),
            .init(path: "host.cores", text: String(draft.cores), source: coresSource(inputs) ?? "assumed"),
            .init(path: "server.version", text: draft.release.rawValue, source: releaseSource(inputs) ?? "assumed"),
        ]
        if let fit, fit.cpu.isIdentified {
            let runs = fit.rows.flatMap(\.run.sources).joined(separator: ", ")
            values.append(
                .init(
                    path: "host.cpu, host.costs", text: "\(Self.digits(fit.cpu.value)) times the defaults",
                    source: "fitted to \(runs)"))
        }
        if !draft.standbys.isEmpty {
            values.append(
                .init(
                    path: "standbys", text: draft.standbys.joined(separator: ", "),
                    source: "synchronous_standby_names; their machines are assumed"))
        }
        let names = Set(
            data.settings.compactMap { SettingTable.named($0.name) }.filter { $0.effect != nil }.map(\.name))
        if !names.isEmpty {
            values.append(
                .init(
                    path: "server.settings", text: "\(names.count) settings with an effect",
                    source: data.configurations.count > 1
                        ? data.configurations.joined(separator: ", ")
                        : data.settings.first?.file ?? "postgresql.conf"))
        }
        return values
    }

    /// How many times the defaults CPU costs are.
    private var cpu: Double { fit.flatMap { $0.cpu.isIdentified ? $0.cpu.value : nil } ?? 1 }

    private var syncSource: String {
        var source = draft.sync.source
        let less = draft.sync.mean - draft.sync.deviceMean(cpu: cpu)
        if less > 0 {
            let calls = draft.sync.timing == .writeAndSync ? "a write, its sync and" : "a sync and"
            source += ", less \(DurationPrinter.text(less)) that the host takes for \(calls) waking up"
        }
        guard let fit, abs(fit.sync.value - 1) > 0.001 else { return source }
        return source + ", times \(Self.digits(fit.sync.value)) by the fit"
    }

    private var clientsSource: String {
        if let waits = data.waits, waits.samples.clients > 0 { return "sessions in \(waits.source)" }
        guard let run = data.loadRun, run.clientsAreCounted else { return "assumed" }
        return run.sources.joined(separator: ", ")
    }

    private var loadText: String {
        if let rate = load.rate { return "\(Self.digits(rate)) transactions a second" }
        return draft.think.map { "closed, pauses of \(DurationPrinter.text($0)) on average" } ?? "closed, no pauses"
    }

    private var loadSource: String {
        if let server = data.server {
            return server.isIdle ? "assumed: the server was idle" : CalibrationData.serverName
        }
        guard let waits = data.waits, let active = waits.samples.averageActive else {
            guard let run = data.loadRun else { return "assumed" }
            return run.hasRate
                ? "pgbench with --rate in \(run.sources.joined(separator: ", "))" : "as pgbench without --rate"
        }
        return "\(Self.digits(active)) of \(load.clients) sessions are active in \(waits.source)"
    }

    private var transactionText: String {
        guard let transaction = draft.transaction else { return "insert" }
        return "\(Self.digits(transaction.records)) records, \(Int(transaction.bytes.rounded())) bytes a commit"
    }

    private var transactionSource: String {
        draft.transaction == nil
            ? "assumed: a single-row insert" : data.waldump?.source ?? "counters of \(CalibrationData.serverName)"
    }

    /// Nil if the number of cores is assumed.
    private func coresSource(_ inputs: CalibrationInputs) -> String? {
        if inputs.cores != nil { return "--cores" }
        if data.server?.localCores != nil { return "this machine, where the server runs" }
        if let iostat = data.sync.iostat, iostat.report.cpus != nil { return iostat.source }
        return nil
    }

    /// Nil if the release is assumed.
    private func releaseSource(_ inputs: CalibrationInputs) -> String? {
        if inputs.release != nil { return "--server-version" }
        if data.server?.release != nil { return CalibrationData.serverName }
        return data.pgbenchRelease == nil ? nil : "pgbench's own release"
    }

    // MARK: Gaps

    private func gaps(_ inputs: CalibrationInputs) -> [CalibrationReport.Gap] {
        (syncGaps + machineGaps(inputs) + loadGaps(inputs) + inputGaps).compactMap { $0 }
    }

    /// A gap if there is one.
    func gap(
        _ what: String, if isUnknown: Bool, assumed: String, remedy: String
    ) -> CalibrationReport.Gap? {
        isUnknown ? .init(what: what, assumed: assumed, remedy: remedy) : nil
    }

    private var syncGaps: [CalibrationReport.Gap?] {
        let isConstant = if case .constant = draft.sync.shape { true } else { false }
        return [
            gap(
                "what a sync takes", if: !draft.sync.isMeasured, assumed: DurationPrinter.text(draft.sync.mean),
                remedy: "--fsync with pg_test_fsync output, or better fio --fdatasync=1 --output-format=json+"),
            gap(
                "how much single syncs differ", if: draft.sync.isMeasured && isConstant, assumed: "all take the mean",
                remedy: "--fsync with a report of fio --fdatasync=1 --output-format=json+"),
            draft.sync.samples.map { samples in
                CalibrationReport.Gap(
                    what: "stalls rarer than one in \(Int(samples)) syncs", assumed: "none",
                    remedy: "a longer fio run, or host.storage.wal.stalls by hand")
            },
        ]
    }

    private func machineGaps(_ inputs: CalibrationInputs) -> [CalibrationReport.Gap?] {
        [
            gap(
                "the machine's CPU speed", if: !data.runs.contains(where: \.isPlain),
                assumed: "that of a 2.0 GHz server",
                remedy: "--pgbench with a run of one client, and one of as many as production has"
                    + (data.runs.contains(where: \.hasRate) ? ", both without --rate" : "")),
            gap(
                "the machine's CPU speed: these runs wait for the device",
                if: fit.map { !$0.cpu.isIdentified } ?? false, assumed: "that of a 2.0 GHz server",
                remedy: "--pgbench with a run of so many clients that all cores are busy"),
            oddSpeed.map {
                .init(
                    what:
                        "whether the server had its cores to itself: CPU costs are \(Self.digits($0)) times the usual",
                    assumed: "that it had", remedy: "the same runs of --pgbench while nothing else runs there")
            },
            gap(
                "the server's cores", if: coresSource(inputs) == nil, assumed: String(draft.cores),
                remedy: "--cores, or --fsync with iostat -x -o JSON"),
            gap(
                "the server's release", if: releaseSource(inputs) == nil, assumed: draft.release.rawValue,
                remedy: "--server-version"),
        ]
    }

    /// The factor of CPU costs if no server of today is so slow or so fast.
    private var oddSpeed: Double? {
        guard let fit, fit.cpu.isIdentified, !(0.2...5).contains(fit.cpu.value) else { return nil }
        return fit.cpu.value
    }

    private func loadGaps(_ inputs: CalibrationInputs) -> [CalibrationReport.Gap?] {
        [
            gap(
                "what a transaction writes", if: draft.transaction == nil, assumed: "a single-row insert",
                remedy: "--waldump with the output of pg_waldump --stats=record"),
            gap(
                "the statements of a transaction", if: draft.transaction != nil, assumed: "one, with all its records",
                remedy: "transactions.measured.statements by hand"),
            gap(
                "the load: no session was active while the server was watched", if: data.server?.isIdle == true,
                assumed: "\(load.clients) clients without pauses",
                remedy: "--from-server while the server is busy, for longer with --for"),
            gap(
                "whether sessions wait for the same things", if: data.waits == nil, assumed: "unchecked",
                remedy: "--waits with samples of pg_stat_activity"),
            gap(
                "the settings", if: data.settings.isEmpty, assumed: "PostgreSQL's defaults",
                remedy: "--conf with the postgresql.conf"),
            gap(
                "where the clients run", if: !inputs.placeIsKnown,
                assumed: inputs.clientsOnServer ? "on the server's cores" : "elsewhere, 100 us away",
                remedy: "--clients-on server or elsewhere, host.network.round_trip"),
        ]
    }

    static func digits(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}
