import Experiments
import Instrumentation
import WaitEvents

/// Numbers: tiles and tables.
extension RunPage {
    func tiles() -> [HTMLPage.Tile] {
        var tiles = [
            tile("Throughput", "tps") { HumanText.digits($0) + " tps" },
            tile("Latency, mean", "latency_mean", HumanText.duration),
            tile("Latency, p99", "latency_p99", HumanText.duration),
            tile("Commits per flush", "txns_per_flush", HumanText.digits),
            tile("WAL per commit", "wal_bytes_per_txn") { HumanText.digits($0) + " B" },
            tile("CPU in use", "cpu_utilization") { HumanText.percent($0) },
        ]
        tiles.append(
            HTMLPage.Tile(
                label: "Active sessions", value: HumanText.digits(view.whole.active),
                interval: "of \(HumanText.grouped(Double(view.whole.clients))), on average"))
        let isLong = view.whole.gapIsLong
        tiles.append(
            HTMLPage.Tile(
                label: "Longest commit gap", value: HumanText.duration(view.whole.gap),
                interval: isLong ? "far longer than a commit takes" : result.repeats.count > 1 ? "worst repeat" : "",
                status: isLong ? "bad" : ""))
        return tiles
    }

    private func tile(_ label: String, _ metric: String, _ text: (Double) -> String) -> HTMLPage.Tile {
        let estimate = view.whole.span.estimate(metric)
        let interval = estimate.ci95.map { interval in
            metric.hasPrefix("latency")
                ? HumanText.durations(interval.low, interval.high) : "\(text(interval.low)) .. \(text(interval.high))"
        }
        return HTMLPage.Tile(
            label: label, value: estimate.mean.map(text) ?? HumanText.none, interval: interval ?? "")
    }

    func tables() -> [HTMLPage.Table] {
        [verdictTable(), phaseTable(), waitTable(), activityTable()].filter { !$0.rows.isEmpty }
    }

    private func verdictTable() -> HTMLPage.Table {
        var table = HTMLPage.Table(
            caption: "Thresholds of the scenario, by the mean over repeats",
            columns: [.text("condition"), .number("mean"), .text("verdict")])
        for verdict in result.verdicts {
            table.append(
                [
                    "\(verdict.threshold.metric) \(verdict.threshold.text)", verdict.meanText,
                    verdict.met ? "met" : "missed",
                ],
                status: verdict.met ? "good" : "bad")
        }
        return table
    }

    private func phaseTable() -> HTMLPage.Table {
        var table = HTMLPage.Table(
            caption: "Phases",
            columns: [
                .text("phase"), .number("length"), .number("tps"), .number("p50"), .number("p95"), .number("p99"),
                .number("max"), .number("commits per flush"), .number("in WALWrite"), .number("longest gap"),
            ])
        for phase in view.phases {
            let latencies = ["p50", "p95", "p99", "max"]
                .map { HumanText.duration(phase.span.value("latency_" + $0)) }
            table.append(
                [
                    phase.span.name, HumanText.duration(phase.span.seconds * 1e6),
                    phase.span.estimate("tps").mean.map(HumanText.digits) ?? HumanText.none,
                ] + latencies + [
                    phase.span.value("txns_per_flush").map(HumanText.digits) ?? HumanText.none,
                    HumanText.digits(phase.behindWALWrite), HumanText.duration(phase.gap),
                ])
        }
        return table
    }

    private func waitTable() -> HTMLPage.Table {
        var table = HTMLPage.Table(
            caption: "Wait events\(inFocus), exactly accounted (not sampled)",
            columns: [
                .text("process"), .text("wait event"), .number("sessions"), .number("waits/s"), .number("mean"),
                .number("p50"), .number("p95"), .number("p99"), .number("max"),
            ])
        let rows = focus.span.sum.waitEvents.filter { $0.total > .zero || $0.waits.count > 0 }
        let seconds = focus.span.sum.span.seconds
        for row in rows.stableSorted(by: { order($0, $1) }) {
            let ranks = [50.0, 95, 99].map { HumanText.duration(row.waits.percentileMicroseconds($0)) }
            table.append(
                [
                    row.backendType.name, row.event?.description ?? "none",
                    HumanText.digits(focus.span.averageSessions(row)),
                    row.waits.count > 0 && seconds > 0
                        ? HumanText.digits(Double(row.waits.count) / seconds) : HumanText.none,
                    HumanText.duration(row.waits.meanMicroseconds),
                ] + ranks + [HumanText.duration(row.waits.maxMicroseconds)])
        }
        return table
    }

    /// Processes as results list them; of each the longest first, the idle ones last.
    private func order(_ a: WaitEventRow, _ b: WaitEventRow) -> Bool {
        if a.backendType != b.backendType { return a.backendType.rawValue < b.backendType.rawValue }
        return a.event.isIdle != b.event.isIdle ? b.event.isIdle : a.total > b.total
    }

    private func activityTable() -> HTMLPage.Table {
        let shownStates = ActivityState.allCases.filter { $0 != .absent }
        let types = BackendType.allCases.filter { type in focus.span.sum.activity.contains { $0.backendType == type } }
        var table = HTMLPage.Table(
            caption: "What processes truly did\(inFocus), whatever wait event they showed: sessions on average",
            columns: [.text("process")] + shownStates.map { .number($0.name) })
        for type in types {
            table.append(
                [type.name]
                    + shownStates.map { state in
                        let rows = focus.span.sum.activity.filter { $0.backendType == type && $0.state == state }
                        return HumanText.digits(rows.reduce(0) { $0 + focus.span.share(of: $1.total) })
                    })
        }
        return table
    }

    func provenance() -> [HTMLPage.Fact] {
        let settings = result.settings.commitPathText.map { HTMLPage.Fact(name: $0.name, value: $0.value) }
        let seeds = result.repeats.map(\.seed)
        return [
            HTMLPage.Fact(name: "scenario", value: result.name),
            HTMLPage.Fact(name: "scenario hash", value: result.scenarioHash),
            HTMLPage.Fact(
                name: "seeds", value: seeds.count > 1 ? "\(seeds[0]) to \(seeds[seeds.count - 1])" : "\(result.seed)"),
            HTMLPage.Fact(name: "digest of the trajectory", value: ResultJSON.hexadecimal(result.digest)),
            HTMLPage.Fact(name: "simulated", value: HumanText.duration(view.whole.span.seconds * 1e6) + " a repeat"),
            HTMLPage.Fact(name: "warm-up before it", value: HumanText.duration(result.warmup.microseconds)),
            HTMLPage.Fact(name: "wake-ups", value: HumanText.grouped(Double(result.wakeups))),
            HTMLPage.Fact(name: "server_version", value: result.release.rawValue),
        ] + settings
    }
}
