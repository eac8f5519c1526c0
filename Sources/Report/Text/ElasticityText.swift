import Experiments

/// Gains as text.
enum ElasticityText {
    /// Signed, as a loss may come out too.
    static func gain(_ estimate: Estimate) -> String { estimate.mean.map(signed) ?? HumanText.none }

    static func interval(_ estimate: Estimate) -> String {
        estimate.ci95.map { "\(signed($0.low)) .. \(signed($0.high))" } ?? ""
    }

    static func signed(_ fraction: Double) -> String {
        let text = HumanText.fixed(fraction, 2)
        return (fraction > 0 && text != "0.00" ? "+" : "") + text + " %"
    }

    static func method(_ profile: CausalProfile) -> String {
        let percent = HumanText.fixed(profile.speedUp * 100, 0)
        let chance = profile.repeats > 1 ? "" : " With one repeat there are no intervals: use --repeats 5."
        return "Each cost made \(percent) % smaller, all else and all random numbers equal, and the time gained a "
            + "transaction, or in p99, divided by \(percent)." + chance
            + (profile.interrupted ? " Interrupted: costs are missing." : "")
    }
}
