import Experiments
import Instrumentation
import WaitEvents

/// A time without commits in which sessions waited for a standby.
struct StandbyStall {
    let sentence: String

    /// Nil if no session waited for a standby for about as long as nothing was committed, or an I/O of the server's own
    /// took that long, too.
    init?(_ view: ResultView) {
        let gap = view.whole.gap
        func longest(_ rows: [WaitEventRow]) -> WaitEventRow? {
            rows.max { ($0.waits.max ?? .zero) < ($1.waits.max ?? .zero) }
        }
        func took(_ row: WaitEventRow?) -> Double { row?.waits.maxMicroseconds ?? 0 }
        let rows = view.whole.span.sum.waitEvents.filter { $0.waits.count > 0 }
        let isSyncRep = { (row: WaitEventRow) in row.event?.type == .ipc && row.event?.event == "SyncRep" }
        guard let wait = longest(view.whole.clientRows.filter(isSyncRep)), let event = wait.event,
            took(wait) >= gap / 2
        else { return nil }
        let io = rows.filter { $0.event?.type == .io }
        let own = longest(io.filter { !Self.standbyProcesses.contains($0.backendType) })
        guard took(own) < gap / 2 else { return nil }

        let sessions = view.mostSessions(in: event).map { "up to \($0) sessions" } ?? "sessions"
        let lead =
            "Nothing was committed for \(HumanText.duration(gap)): \(sessions) waited in \(event.description) for a "
            + "standby"
        guard let slow = longest(io.filter { Self.standbyProcesses.contains($0.backendType) }), took(slow) >= gap / 2
        else {
            sentence = "\(lead), none of which answered."
            return
        }
        let what =
            "\(slow.event?.description ?? "I/O") in the standby's \(slow.backendType.name) took "
            + HumanText.duration(took(slow))
        let usual = "Half of these waits take at most \(HumanText.duration(slow.waits.percentileMicroseconds(50)))."
        sentence =
            took(slow) >= 0.9 * gap
            ? "\(lead): one \(what). \(usual)" : "\(lead), none of which answered. One \(what). \(usual)"
    }

    private static let standbyProcesses: [BackendType] = [.walReceiver, .startup]
}
