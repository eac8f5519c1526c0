import Experiments

/// What a result comes down to: one or two sentences, chosen by the first rule that applies.
///
/// If one phase stands out by its load, the rules judge that phase (apart from `nothing` and `stall`, which look at
/// the whole window), and a sentence compares its latency with a quiet phase's.
public struct Finding: Sendable, Equatable {
    /// The rules, in the order in which they are tried. Sessions are those of client backends, on average.
    public enum Rule: Sendable, Equatable, CaseIterable {
        /// No transaction completed.
        case nothing
        /// Nothing was committed for far longer than commits and arrivals explain (`SpanView.gapIsLong`).
        case stall
        /// Less than one session is active, and fewer than one in twenty.
        case idle
        /// More sessions wait to insert WAL (WALInsert, WALBufMapping) than for its flush, and these are at least a
        /// fifth of the active ones.
        case insertion
        /// Commits do not wait for their WAL.
        case asynchronous
        /// At least a fifth of the active sessions wait in WALWrite, and a quarter of that while the holder sleeps
        /// in commit_delay; or a quarter of the active ones sleep there themselves.
        case commitDelay
        /// Running, ready and spinning sessions are at least half of the active ones.
        case processor
        /// At least a quarter of the active sessions wait for a standby.
        case standby
        /// At least two fifths of the active sessions wait for heavyweight locks, and more than for flushes.
        case rowLocks
        /// Sessions in I/O and in WALWrite are at least half of the active ones.
        case flush
        /// None of the above.
        case mixed
    }

    /// The rule that applied first.
    public var rule: Rule
    /// The sentences.
    public var text: String

    /// The finding of a result, by its figures alone.
    ///
    /// - Precondition: the result has at least one repeat.
    public static func of(_ result: ExperimentResult) -> Finding { of(ResultView(result)) }

    static func of(_ view: ResultView) -> Finding {
        let focus = view.busiestPhase ?? view.whole
        let rule = Rule.allCases.first { $0.applies(to: focus, of: view) } ?? .mixed
        let lead = focus.span.name == view.whole.span.name || rule.judgesWhole ? "" : "In \(focus.span.name): "
        // A stall leaves a backlog, too, and says why.
        let queue = rule.judgesWhole || !view.result.hasSchedule ? nil : backlog(focus)
        let sentences = [lead + rule.sentence(on: focus, of: view), queue, comparison(view)]
        return Finding(rule: rule, text: sentences.compactMap { $0 }.joined(separator: " "))
    }

    /// The latency of the phase that stands out beside that of a quiet one.
    private static func comparison(_ view: ResultView) -> String? {
        guard let busy = view.busiestPhase, let quiet = view.quietPhase, quiet.span.name != busy.span.name,
            let high = busy.span.value("latency_p99"), let low = quiet.span.value("latency_p99")
        else { return nil }
        return "The p99 latency is \(HumanText.duration(high)) in \(busy.span.name) and "
            + "\(HumanText.duration(low)) in \(quiet.span.name)."
    }
}
