import Experiments
import SimTime
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
        // Waits that nobody ends are in no histogram of waits, only in the time that they took.
        let unended = { (row: WaitEventRow) in (row.total - row.waits.total).microseconds }
        guard let wait = longest(view.whole.clientRows.filter(Self.isSyncRep)), let event = wait.event,
            max(took(wait), unended(wait)) >= gap / 2
        else { return nil }
        let io = rows.filter { $0.event?.type == .io }
        let own = longest(io.filter { !Self.standbyProcesses.contains($0.backendType) })
        guard took(own) < gap / 2 else { return nil }

        let sessions = view.mostSessions(in: event).map { "up to \($0) sessions" } ?? "sessions"
        let lead =
            "Nothing was committed for \(HumanText.duration(gap)): \(sessions) waited in \(event) for a "
            + "standby"
        guard let slow = longest(io.filter { Self.standbyProcesses.contains($0.backendType) }), took(slow) >= gap / 2
        else {
            sentence = "\(lead), none of which answered."
            return
        }
        let what =
            "\(slow.event?.description ?? "I/O") in the standby's \(slow.backendType.name) took "
            + HumanText.duration(took(slow))
        let median = HumanText.duration(slow.waits.percentileMicroseconds(50))
        let usual = "Half of the waits there take at most \(median)."
        sentence =
            took(slow) >= 0.9 * gap
            ? "\(lead): one \(what). \(usual)" : "\(lead), none of which answered. One \(what). \(usual)"
    }

    /// Whether the row is about waiting for a standby.
    static func isSyncRep(_ row: WaitEventRow) -> Bool { row.event?.type == .ipc && row.event?.event == "SyncRep" }

    private static let standbyProcesses: [BackendType] = [.walReceiver, .startup]
}
