import Experiments
import Instrumentation
import WaitEvents

extension Finding.Rule {
    /// What the rule says of `focus`, with the figures that made it apply.
    func sentence(on focus: SpanView, of view: ResultView) -> String {
        switch self {
        case .nothing: nothing(view)
        case .stall: stall(view)
        case .idle: idle(focus)
        case .insertion: insertion(focus)
        case .asynchronous: asynchronous(focus, view)
        case .commitDelay: commitDelay(focus, view)
        case .processor: processor(focus, view)
        case .standby: Finding.standby(focus)
        case .rowLocks: Finding.rowLocks(focus)
        case .flush: flush(focus)
        case .mixed: mixed(focus)
        }
    }

    private func nothing(_ view: ResultView) -> String {
        let lead =
            "No transaction completed in \(duration(view.whole.span.seconds * 1e6)): "
            + "\(digits(view.whole.active)) of \(view.whole.clients) sessions are active"
        let rows = view.whole.clientRows.filter { !$0.event.isIdle }
        guard let top = rows.max(by: { $0.total < $1.total }), let event = top.event else { return lead + "." }
        let holder = view.whole.holders(of: event).first.map {
            " (\(HolderText.phrase($0.activity)) \(percent($0.share)) of that time)"
        }
        let what = StandbyStall.isSyncRep(top) ? ", where they wait for a standby" : holder ?? ""
        return "\(lead), \(digits(view.whole.span.averageSessions(top))) of them in \(event)\(what)."
    }

    private func stall(_ view: ResultView) -> String {
        if let standby = StandbyStall(view) { return standby.sentence }
        let gap = duration(view.whole.gap)
        let io = view.whole.span.sum.waitEvents.filter { $0.event?.type == .io && $0.waits.count > 0 }
            .max { ($0.waits.max ?? .zero) < ($1.waits.max ?? .zero) }
        guard let io, let event = io.event, let longest = io.waits.maxMicroseconds, longest >= view.whole.gap / 2 else {
            let unended = view.unendedIO(for: view.whole.gap / 2)
            let what =
                unended.map { ": one \($0.description) that began then had not ended when the run did" }
                ?? ", and no single I/O took that long"
            return "Nothing was committed for \(gap)\(what)."
        }
        let lock = view.whole.clientRows.compactMap(\.event).first { $0.description == "LWLock:WALWrite" }
        let frozen = lock.flatMap(view.mostSessions).map { ", and up to \($0) sessions waited behind it" } ?? ""
        let usual = duration(io.waits.percentileMicroseconds(50))
        return "Nothing was committed for \(gap): one \(event) took \(duration(longest))"
            + "\(frozen). Half of the waits in \(event) take at most \(usual)."
    }

    private func idle(_ focus: SpanView) -> String {
        let tps = focus.span.value("tps").map { " at \(digits($0)) tps" } ?? ""
        return "The server has little to do: \(digits(focus.active)) of \(focus.clients) sessions are active\(tps), "
            + "the others wait for their clients."
    }

    private func insertion(_ focus: SpanView) -> String {
        let full = Double(focus.span.sum.pgStatWAL.walBuffersFull)
        let commits = Double(max(focus.span.sum.commits, 1))
        let cause =
            full / commits >= 0.1
            ? "WAL buffers are too small: \(digits(full / commits)) times a commit a session found them full "
                + "and had to write WAL before it could insert (wal_buffers_full)."
            : "Insertion itself is the bottleneck, WAL buffers are rarely full."
        return "\(digits(focus.behindInsertion)) of \(digits(focus.active)) active sessions wait "
            + "to insert WAL, \(digits(focus.inFlush)) for its flush. \(cause)"
    }

    private func asynchronous(_ focus: SpanView, _ view: ResultView) -> String {
        let how = view.result.commitPathSetting
        let group = focus.span.value("txns_per_flush").map {
            "; WAL is flushed behind them, \(digits($0)) commits a flush"
        }
        return "Commits do not wait for their WAL (\(how))\(group ?? ""). "
            + "\(digits(min(focus.working, focus.active))) of \(digits(focus.active)) active sessions use or "
            + "want a CPU."
    }

    private func commitDelay(_ focus: SpanView, _ view: ResultView) -> String {
        let delay = "commit_delay (\(view.result.settings.commitDelay) us)"
        let group = digits(focus.span.value("txns_per_flush") ?? 0)
        let effect = "One flush commits \(group) transactions of \(HumanText.count(focus.clients, "client"))."
        guard !focus.sleepsInCommitDelay(view.result) else {
            return "\(digits(focus.sessions(.asleepWithoutEvent))) of \(digits(focus.active)) active sessions sleep in "
                + "\(delay), which shows as no wait event. \(effect)"
        }
        return "\(digits(focus.behindWALWrite)) sessions wait in LWLock:WALWrite, and "
            + "\(percent(focus.holderShare(.commitDelay))) of that time its holder sleeps in \(delay). \(effect)"
    }

    private func processor(_ focus: SpanView, _ view: ResultView) -> String {
        let cores = HumanText.count(view.result.cores, "core")
        let busy = percent(focus.span.sum.cpuUtilization)
        return "CPU, not WAL, is what sessions need: of \(digits(focus.active)) active ones "
            + "\(digits(focus.sessions(.running))) run, \(digits(focus.sessions(.ready))) are ready "
            + "but off CPU and \(digits(focus.sessions(.spinning))) spin (\(cores), \(busy) busy)."
    }

    private func flush(_ focus: SpanView) -> String {
        let io = focus.busiestIO
        let cost =
            "\(io?.event?.description ?? "The flush") takes \(duration(io?.waits.meanMicroseconds)) on average, "
            + "and a flush commits \(digits(focus.span.value("txns_per_flush") ?? 0)) transactions."
        guard let holder = focus.walWriteHolders.first, focus.behindWALWrite >= 0.5 else {
            return
                "\(digits(focus.inIO)) of \(digits(focus.active)) active sessions wait for their "
                + "own flush, and few or none queue behind another. \(cost)"
        }
        return "\(digits(focus.behindWALWrite)) of \(digits(focus.waiting)) waiters wait for "
            + "one WAL \(HolderText.object(holder.activity)): they are in LWLock:WALWrite "
            + "(\(HolderText.phrase(holder.activity)) \(percent(holder.share)) of that time). \(cost)"
    }

    private func mixed(_ focus: SpanView) -> String {
        let rows = focus.clientRows.filter { !$0.event.isIdle }
        guard let top = rows.max(by: { $0.total < $1.total }) else { return "No session was active." }
        guard let event = top.event else { return Finding.noEvent(focus, top) }
        let name = event.description
        if focus.span.averageSessions(top) >= 0.5 * focus.active { return Finding.mostly(focus, top, in: event) }
        return "No single cause: of \(digits(focus.active)) active sessions the most, "
            + "\(digits(focus.span.averageSessions(top))), are in \(name)."
    }
}

extension ExperimentResult {
    /// The setting for which commits do not wait.
    fileprivate var commitPathSetting: String { settings.fsync ? "synchronous_commit = off" : "fsync = off" }
}

private func digits(_ value: Double) -> String { HumanText.digits(value) }
private func percent(_ fraction: Double?) -> String { HumanText.percent(fraction) }
private func duration(_ microseconds: Double?) -> String { HumanText.duration(microseconds) }
