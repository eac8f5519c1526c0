import Experiments
import Instrumentation
import WaitEvents

extension Finding.Rule {
    /// True if the rule looks at the whole window whatever phase stands out.
    var judgesWhole: Bool { self == .nothing || self == .stall }

    /// Whether the rule's condition, given where the rule is declared, holds for `focus`.
    func applies(to focus: SpanView, of view: ResultView) -> Bool {
        switch self {
        case .nothing: view.whole.span.sum.transactions == 0
        case .stall: view.whole.gapIsLong
        case .idle: focus.active < min(0.05 * Double(focus.clients), 1)
        case .insertion:
            focus.behindInsertion > focus.inFlush && focus.behindInsertion >= 0.2 * focus.active
        case .asynchronous: !view.result.commitsWait
        case .commitDelay:
            focus.behindWALWrite >= 0.2 * focus.active && (focus.holderShare(.commitDelay) ?? 0) >= 0.25
                || focus.sleepsInCommitDelay(view.result)
        case .processor: focus.active > 0 && focus.working >= 0.5 * focus.active
        case .standby: focus.active > 0 && focus.behindStandbys >= 0.25 * focus.active
        case .rowLocks: focus.behindLocks > focus.inFlush && focus.behindLocks >= 0.4 * focus.active
        case .flush: focus.active > 0 && focus.inFlush >= 0.5 * focus.active
        case .mixed: true
        }
    }
}

extension SpanView {
    /// Sessions that wait for a flush: their own or another's.
    var inFlush: Double { inIO + behindWALWrite }
    /// Sessions that use or want a CPU.
    var working: Double { sessions(.running) + sessions(.ready) + sessions(.spinning) }
    /// Sessions that show a wait event and are not idle.
    var waiting: Double { sessions { $0 != nil && !$0.isIdle } }

    /// True if a quarter of the active sessions sleep in commit_delay themselves, which shows as no wait event.
    func sleepsInCommitDelay(_ result: ExperimentResult) -> Bool {
        result.settings.commitDelay > 0 && sessions(.asleepWithoutEvent) >= max(0.25 * active, 0.005)
    }

    /// How much of the waiting for WALWriteLock passed while its holder did `activity`; nil if nobody waited.
    func holderShare(_ activity: HolderActivity) -> Double? {
        let holders = walWriteHolders
        return holders.isEmpty ? nil : holders.first { $0.activity == activity }?.share ?? 0
    }
}
