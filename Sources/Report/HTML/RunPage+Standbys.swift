import Experiments
import Instrumentation
import Postgres
import SimTime

/// Standbys: where they stand, and what was sent to them.
extension RunPage {
    /// Empty without standbys.
    func standbySection() -> HTMLPage.Section {
        guard view.whole.span.sum.hasStandbys else { return HTMLPage.Section(heading: "Standbys") }
        return HTMLPage.Section(
            heading: "Standbys",
            tables: [replicationTable(), walSenderTable(), walSenderRows()].filter { !$0.rows.isEmpty },
            remarks: [
                "A standby is behind by what is sent and not yet written, flushed or replayed there. Its lag is how "
                    + "long before its last news the newest WAL confirmed by it had been flushed on the primary."
            ])
    }

    /// The spans at whose ends somebody looks: every phase, or the whole run where it has none.
    private var looks: [SpanView] { view.phases.isEmpty ? [view.whole] : view.phases }

    private func replicationTable() -> HTMLPage.Table {
        let hasPhases = looks.count > 1
        var table = HTMLPage.Table(
            caption: "pg_stat_replication at the end of " + (hasPhases ? "each phase" : "the run")
                + (result.repeats.count > 1 ? ", last repeat" : ""),
            columns: (hasPhases ? [.text("phase")] : []) + [
                .text("standby"), .text("state"), .text("sync_state"), .number("sent_lsn"), .number("write behind"),
                .number("flush behind"), .number("replay behind"), .number("write_lag"), .number("flush_lag"),
                .number("replay_lag"),
            ])
        for look in looks {
            for row in look.span.sum.standbys {
                table.append((hasPhases ? [look.span.name] : []) + Self.cells(of: row))
            }
            if hasPhases, look.span.sum.standbys.isEmpty {
                let blanks = Array(repeating: HumanText.none, count: table.columns.count - 2)
                table.append([look.span.name, "none connected"] + blanks, status: "bad")
            }
        }
        return table
    }

    private static func cells(of row: StandbyRow) -> [String] {
        let positions = [row.write, row.flush, row.replay]
        let lags = [row.writeLag, row.flushLag, row.replayLag]
        return [row.applicationName, row.state, row.syncState, formatLSN(row.sent)]
            + positions.map { behind($0, row.sent) }
            + lags.map { HumanText.duration($0?.microseconds) }
    }

    private static func behind(_ position: UInt64, _ sent: UInt64) -> String {
        guard position != 0 else { return HumanText.none }
        return position >= sent ? "0 B" : HumanText.bytes(Double(sent - position))
    }

    private func walSenderTable() -> HTMLPage.Table {
        let span = view.whole.span
        var table = HTMLPage.Table(
            caption: "Walsenders and those who wait for them, all of them together",
            columns: [.text("figure"), .number("mean"), .text("95 % interval")])
        func append(_ name: String, _ metric: String, per seconds: Double = 1) {
            let estimate = span.estimate(metric)
            guard let mean = estimate.mean else { return }
            let interval = estimate.ci95.map {
                "\(HumanText.digits($0.low / seconds)) .. \(HumanText.digits($0.high / seconds))"
            }
            table.append([name, HumanText.digits(mean / seconds), interval ?? HumanText.none])
        }
        append("messages of WAL sent, a second", "walsender_sends", per: span.seconds)
        append("commits a message", "commits_per_send")
        append("sleeps of walsenders a message", "walsender_waits_per_send")
        append("replies of standbys, a second", "standby_replies", per: span.seconds)
        append("commits that waited for standbys, a second", "sync_rep_waits", per: span.seconds)
        append("backends released a reply", "released_per_reply")
        append("waits ended by a cancel or a shutdown", "sync_rep_cancelled")
        return table
    }
}
