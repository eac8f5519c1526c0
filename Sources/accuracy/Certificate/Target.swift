/// One published or measured figure beside the simulator's.
struct Target {
    /// What a simulated figure must satisfy.
    enum Band {
        /// At most this far from the target, as a fraction of it.
        case within(Double)
        /// Inside the range of repeated measurements, widened on both sides by a fraction.
        case inside(ClosedRange<Double>, widenedBy: Double)
        /// Shown, and not judged on its own: the table's summaries judge it with others.
        case shown
    }

    /// The row, such as `8 clients, 2 ms` or `run 5`.
    var row: String
    /// The figure, such as `tps` or `Heap/LOCK FPI bytes`.
    var quantity: String
    var target: Double
    var result: Double
    var band: Band

    /// How far the result is off, as a fraction of the target; nil for a target of zero.
    var error: Double? { target == 0 ? nil : result / target - 1 }

    /// Whether the result is in its band.
    var isMet: Bool {
        switch band {
        case .within(let fraction): abs(result - target) <= fraction * abs(target)
        case .inside(let range, let fraction):
            result >= range.lowerBound * (1 - fraction) && result <= range.upperBound * (1 + fraction)
        case .shown: true
        }
    }

    /// The band as the page prints it.
    var bandText: String {
        switch band {
        case .within(let fraction): "±" + FigureText.percent(fraction)
        case .inside(let range, let fraction):
            "\(FigureText.number(range.lowerBound)) to \(FigureText.number(range.upperBound)) ±"
                + FigureText.percent(fraction)
        case .shown: ""
        }
    }
}

/// A limit on a figure over many rows of a table, such as their median error.
struct TargetSummary {
    var name: String
    var value: Double
    var limit: Double
    var isMet: Bool { value <= limit }
}
