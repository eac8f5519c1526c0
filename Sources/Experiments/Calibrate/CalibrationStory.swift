/// Tells where each value of a calibrated scenario came from, and what the inputs did not tell.
struct CalibrationStory {
    private let draft: CalibratedScenario
    private let data: CalibrationData
    private let fit: CostFit?
    private let load: CalibratedScenario.Load

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
                name: "CPU costs, times", value: fit.cpu.value, standardError: fit.cpu.standardError,
                isIdentified: fit.cpu.isIdentified),
            .init(
                name: "sync latency, times", value: fit.sync.value, standardError: fit.sync.standardError,
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
                text: "mean " + DurationPrinter.text(draft.sync.mean * (fit?.sync.value ?? 1)), source: syncSource),
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

    private var syncSource: String {
        guard let fit, abs(fit.sync.value - 1) > 0.001 else { return draft.sync.source }
        return draft.sync.source + ", times \(Self.digits(fit.sync.value)) by the fit"
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
        (syncGaps + machineGaps(inputs) + loadGaps(inputs)).compactMap { $0 }
    }

    /// A gap if there is one.
    private func gap(_ isUnknown: Bool, _ what: String, _ assumed: String, _ remedy: String) -> CalibrationReport.Gap? {
        isUnknown ? .init(what: what, assumed: assumed, remedy: remedy) : nil
    }

    private var syncGaps: [CalibrationReport.Gap?] {
        let isConstant = if case .constant = draft.sync.shape { true } else { false }
        return [
            gap(
                !draft.sync.isMeasured, "what a sync takes", DurationPrinter.text(draft.sync.mean),
                "--fsync with pg_test_fsync output, or better fio --fdatasync=1 --output-format=json+"),
            gap(
                draft.sync.isMeasured && isConstant, "how much single syncs differ", "all take the mean",
                "--fsync with a report of fio --fdatasync=1 --output-format=json+"),
            draft.sync.samples.flatMap { samples in
                gap(
                    true, "stalls rarer than one in \(Int(samples)) syncs", "none",
                    "a longer fio run, or host.storage.wal.stalls by hand")
            },
        ]
    }

    private func machineGaps(_ inputs: CalibrationInputs) -> [CalibrationReport.Gap?] {
        [
            gap(
                data.runs.allSatisfy(\.hasRate), "the machine's CPU speed", "that of a 2.0 GHz server",
                "--pgbench with a run of one client, and one of as many as production has"
                    + (data.runs.isEmpty ? "" : ", both without --rate")),
            gap(
                fit.map { !$0.cpu.isIdentified } ?? false, "the machine's CPU speed: these runs wait for the device",
                "that of a 2.0 GHz server",
                "--pgbench with a run of so many clients that all cores are busy"),
            gap(
                coresSource(inputs) == nil, "the server's cores", String(draft.cores),
                "--cores, or --fsync with iostat -x -o JSON"),
            gap(releaseSource(inputs) == nil, "the server's release", draft.release.rawValue, "--server-version"),
        ]
    }

    private func loadGaps(_ inputs: CalibrationInputs) -> [CalibrationReport.Gap?] {
        [
            gap(
                draft.transaction == nil, "what a transaction writes", "a single-row insert",
                "--waldump with the output of pg_waldump --stats=record"),
            gap(
                draft.transaction != nil, "the statements of a transaction", "one, with all its records",
                "transactions.measured.statements by hand"),
            gap(
                data.server?.isIdle == true, "the load: no session was active while the server was watched",
                "\(load.clients) clients without pauses",
                "--from-server while the server is busy, for longer with --for"),
            gap(
                data.waits == nil, "whether sessions wait for the same things", "unchecked",
                "--waits with samples of pg_stat_activity"),
            gap(data.settings.isEmpty, "the settings", "PostgreSQL's defaults", "--conf with the postgresql.conf"),
            gap(
                !inputs.placeIsKnown, "where the clients run",
                inputs.clientsOnServer ? "on the server's cores" : "elsewhere, 100 us away",
                "--clients-on server or elsewhere, host.network.round_trip"),
        ]
    }

    private static func digits(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}
