import Experiments

/// What observers miss, in words.
enum ObserverText {
    static func looks(of view: ObserverComparison.View) -> String {
        view.looks.map { HumanText.grouped(Double($0)) } ?? "all"
    }

    /// A sentence an observer.
    static func remarks(_ comparison: ObserverComparison) -> [String] {
        comparison.views.dropFirst().map { view in
            let observer = view.observer.prefix(1).uppercased() + view.observer.dropFirst()
            return "\(observer) cannot show \(blindSpot(of: view, in: comparison))."
        } + [pgbench(comparison)].compactMap(\.self)
    }

    private static func blindSpot(of view: ObserverComparison.View, in comparison: ObserverComparison) -> String {
        guard let exact = comparison.views.first, view.observer != exact.observer else { return "" }
        if view.looks == 0 { return "anything: the run was shorter than its interval" }
        var spots: [String] = []
        if view.peakActive < 0.8 * exact.peakActive {
            spots.append("a peak of \(HumanText.digits(exact.peakActive)) sessions")
        }
        if let missed = view.unseen.first {
            let others = view.unseen.count > 1 ? " and \(view.unseen.count - 1) more" : ""
            let what = missed.event == "none" ? "sessions without an event" : missed.event
            spots.append("\(what) (\(HumanText.digits(missed.sessions)) sessions)\(others)")
        }
        return spots.isEmpty ? "how long single waits last and who blocks whom" : spots.joined(separator: "; ")
    }

    static func pgbench(_ comparison: ObserverComparison) -> String? {
        func duration(_ microseconds: Double?) -> String { HumanText.duration(microseconds) }
        return comparison.pgbench.map { mean in
            "pgbench prints \(HumanText.digits(mean.tps)) tps and a mean latency of \(duration(mean.latency)). "
                + "It does not show the p99 of \(duration(comparison.p99)), the slowest transaction of "
                + "\(duration(comparison.slowest)), or \(duration(comparison.longestGap)) without a commit."
        }
    }
}
