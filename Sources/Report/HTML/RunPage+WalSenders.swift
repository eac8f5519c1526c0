import Experiments
import Instrumentation

/// What each walsender did: the one whose replies release backends has other work than the rest.
extension RunPage {
    /// One row a standby; empty without any.
    func walSenderRows() -> HTMLPage.Table {
        let span = view.whole.span
        let rows = span.sum.walSenders
        let namesServers = rows.contains { !$0.server.isEmpty }
        var table = HTMLPage.Table(
            caption: "Each walsender by itself" + (result.repeats.count > 1 ? ", over all repeats" : ""),
            columns: (namesServers ? [.text("server")] : []) + [
                .text("standby"), .number("messages/s"), .number("commits a message"), .number("sleeps a message"),
                .number("replies/s"), .number("looks for waiters/s"), .number("queues a look"),
                .number("backends released a look"),
            ])
        for row in rows {
            let counters = row.counters
            let figures = [
                Double(counters.sends) / span.sum.span.seconds, row.commitsPerSend, row.waitsPerSend,
                Double(counters.replies) / span.sum.span.seconds, Double(counters.releases) / span.sum.span.seconds,
                row.queuesPerReply, row.releasedPerReply,
            ]
            table.append(
                (namesServers ? [row.server] : []) + [row.applicationName]
                    + figures.map { $0.map { HumanText.digits($0) } ?? HumanText.none })
        }
        return table
    }
}
