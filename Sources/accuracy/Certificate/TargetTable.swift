/// Figures of one source beside the simulator's.
struct TargetTable {
    var title: String
    /// Where the figures come from and which scenario gives the simulated ones.
    var source: String
    var targets: [Target]
    /// Limits over all rows.
    var summaries: [TargetSummary] = []

    /// How many judgements are kept, and how many there are.
    var tally: (kept: Int, all: Int) {
        let judged = targets.filter { if case .shown = $0.band { false } else { true } }
        let kept = judged.filter(\.isMet).count + summaries.filter(\.isMet).count
        return (kept, judged.count + summaries.count)
    }

    /// The rows and summaries outside their bands, one line each.
    var broken: [String] {
        targets.filter { !$0.isMet }.map { "\(title): \($0.row), \($0.quantity): \(FigureText.line($0))" }
            + summaries.filter { !$0.isMet }.map {
                "\(title): \($0.name): \(FigureText.percent($0.value)) of at most \(FigureText.percent($0.limit))"
            }
    }
}
