import Experiments
import Instrumentation
import WaitEvents

/// Findings about sessions that wait neither for WAL of their own server nor for a CPU: for standbys, for rows that
/// others have locked, and where PostgreSQL shows no event.
extension Finding {
    /// Sessions wait for standbys, beside those that wait for the flush here.
    static func standby(_ focus: SpanView) -> String {
        let waits = focus.clientRows.filter(StandbyStall.isSyncRep)
        let mean = waits.first.flatMap(\.waits.meanMicroseconds)
        return
            "\(HumanText.digits(focus.behindStandbys)) of \(HumanText.digits(focus.active)) active sessions wait for "
            + "a standby: they are in IPC:SyncRep, \(HumanText.duration(mean)) on average. "
            + "\(HumanText.digits(focus.inFlush)) wait for the primary's own flush."
    }

    /// Sessions wait for rows whose locks others keep until their commits are done.
    static func rowLocks(_ focus: SpanView) -> String {
        let rows = focus.clientRows.filter { $0.event?.type == .lock }
        let top = rows.max { $0.total < $1.total }
        let most = top.map {
            ": \(HumanText.digits(focus.span.averageSessions($0))) are in \($0.event?.description ?? HumanText.none), "
                + "\(HumanText.duration($0.waits.meanMicroseconds)) on average"
        }
        let io = focus.busiestIO.map {
            ", and \($0.event?.description ?? HumanText.none) takes \(HumanText.duration($0.waits.meanMicroseconds))"
        }
        return "\(HumanText.digits(focus.behindLocks)) of \(HumanText.digits(focus.active)) active sessions wait for "
            + "rows that other transactions have locked\(most ?? ""). A row stays locked until its transaction has "
            + "committed\(io ?? "")."
    }

    /// Most sessions wait in one event that no rule is about, such as the lock of a page that all insert into.
    static func mostly(_ focus: SpanView, _ top: WaitEventRow, in event: WaitEventName) -> String {
        let holder = focus.holders(of: event).first.map {
            " (\(HolderText.phrase($0.activity)) \(HumanText.percent($0.share)) of that time)"
        }
        return "\(HumanText.digits(focus.span.averageSessions(top))) of \(HumanText.digits(focus.active)) active "
            + "sessions are in \(event.description)\(holder ?? ""), "
            + "\(HumanText.duration(top.waits.meanMicroseconds)) on average."
    }

    /// Scheduled transactions that wait for a free connection, if they are more than the connections: by Little's law
    /// as many are under way as the throughput times the latency, which counts from the scheduled start.
    static func backlog(_ focus: SpanView) -> String? {
        guard let tps = focus.span.value("tps"), let latency = focus.span.value("latency_mean") else { return nil }
        let underWay = tps * latency / 1e6
        let queued = underWay - Double(focus.clients)
        guard queued > Double(focus.clients) else { return nil }
        return "Transactions arrive faster than \(HumanText.count(focus.clients, "connection")) get them done: "
            + "\(HumanText.digits(queued)) wait for a free one, "
            + "\(HumanText.duration(latency * queued / underWay)) of the mean latency of "
            + "\(HumanText.duration(latency))."
    }

    /// What is true of sessions of which most show no wait event.
    static func noEvent(_ focus: SpanView, _ top: WaitEventRow) -> String {
        let states: [(ActivityState, String)] = [
            (.running, "run"), (.ready, "are ready but off CPU"), (.spinning, "spin"),
            (.asleepWithoutEvent, "sleep in a wait that is not reported"),
        ]
        let shown = focus.span.averageSessions(top)
        var truth = states.map { (sessions: focus.sessions($0.0), what: $0.1) }
        // Events that later releases have, such as IPC:SyncRep before 10.
        let unnamed = shown - truth.reduce(0) { $0 + $1.sessions }
        if unnamed >= 0.05 * shown { truth.append((unnamed, "wait for what this release has no event for")) }
        let parts = truth.filter { $0.sessions >= 0.005 }.map { "\(HumanText.digits($0.sessions)) \($0.what)" }
        let lead =
            "No single cause: of \(HumanText.digits(focus.active)) active sessions the most, "
            + "\(HumanText.digits(shown)), show no wait event"
        return parts.isEmpty ? lead + "." : "\(lead); in truth \(parts.joined(separator: ", "))."
    }
}

extension SpanView {
    /// Sessions that wait for a standby's confirmation.
    var behindStandbys: Double { sessions(in: .ipc, "SyncRep") }
    /// Sessions that wait for a heavyweight lock, mostly on a row.
    var behindLocks: Double { sessions { $0?.type == .lock } }
}
