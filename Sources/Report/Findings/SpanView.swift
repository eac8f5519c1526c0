import Experiments
import Instrumentation
import SimTime
import WaitEvents

/// The figures of a span that the report and its findings speak of: sessions on average, by what they do.
struct SpanView {
    let span: PooledSpan
    /// Client backends: their number in the run.
    let clients: Int

    init(_ span: PooledSpan, clients: Int) {
        self.span = span
        self.clients = clients
    }

    /// Sessions of client backends in events that satisfy `condition`; nil stands for no event.
    func sessions(where condition: (WaitEventName?) -> Bool) -> Double {
        clientRows.filter { condition($0.event) }.reduce(0) { $0 + span.averageSessions($1) }
    }

    func sessions(in type: WaitEventType, _ event: String) -> Double {
        sessions { $0?.type == type && $0?.event == event }
    }

    /// Sessions in a transaction: all that do not wait for their client.
    var active: Double { sessions { !$0.isIdle } }
    var inIO: Double { sessions { $0?.type == .io } }
    var behindWALWrite: Double { sessions(in: .lwLock, "WALWrite") }
    var behindInsertion: Double { sessions(in: .lwLock, "WALInsert") + sessions(in: .lwLock, "WALBufMapping") }

    /// Client backends in a true state.
    func sessions(_ state: ActivityState) -> Double {
        span.sum.activity.filter { $0.backendType == .clientBackend && $0.state == state }
            .reduce(0) { $0 + span.share(of: $1.total) }
    }

    var clientRows: [WaitEventRow] { span.sum.waitEvents.filter { $0.backendType == .clientBackend } }

    /// The I/O event in which client backends spend the most time, or else other processes.
    var busiestIO: WaitEventRow? {
        let rows = span.sum.waitEvents.filter { $0.event?.type == .io && $0.total > .zero }
        let ofClients = rows.filter { $0.backendType == .clientBackend }
        return (ofClients.isEmpty ? rows : ofClients).max { $0.total < $1.total }
    }

    /// What holders did while others waited in `event`, most time first, as fractions of that waiting.
    func holders(of event: WaitEventName) -> [(activity: HolderActivity, share: Double)] {
        span.sum.attribution.filter { $0.event == event && $0.total > .zero }
            .sorted { $0.total == $1.total ? $0.holderActivity.name < $1.holderActivity.name : $0.total > $1.total }
            .map { ($0.holderActivity, span.sum.share(of: $0) ?? 0) }
    }

    /// Holders of WALWriteLock, most time first.
    var walWriteHolders: [(activity: HolderActivity, share: Double)] {
        span.sum.attribution.first { $0.event.description == "LWLock:WALWrite" }.map { holders(of: $0.event) } ?? []
    }

    /// The longest time without a completed transaction, in microseconds.
    var gap: Double { span.sum.longestCommitGap.microseconds }

    /// True if that time is far longer than commits and arrivals explain: 20 times the median I/O and the mean
    /// time between commits, and at least 50 ms. Of 10,000 random arrivals the longest gap is about 9 times the mean.
    var gapIsLong: Bool {
        guard let tps = span.value("tps"), tps > 0 else { return false }
        guard let median = usualFlush ?? span.value("latency_p50") else { return false }
        return gap >= 50_000 && gap >= 20 * max(median, 1e6 / tps)
    }

    /// The median time, in microseconds, of the I/O event that occurs most; nil if there is none. Latency would not do:
    /// after a stall a backlog may make most transactions slow.
    private var usualFlush: Double? {
        let io = span.sum.waitEvents.filter { $0.event?.type == .io && $0.waits.count > 0 }
        return io.max { $0.waits.count < $1.waits.count }?.waits.percentileMicroseconds(50)
    }
}

extension WaitEventName? {
    /// True if the process has nothing to do: a session that waits for its client, a main loop for work.
    var isIdle: Bool { self?.type == .client || self?.type == .activity }
}
