import Experiments
import Statistics

/// Figures of any file of results as a person reads them.
enum FigureText {
    /// A value with its unit; columns of microseconds are known by their name.
    static func value(_ value: Double, unit: String, metric: String) -> String {
        switch Metric.Unit(rawValue: unit) {
        case .microseconds: return HumanText.duration(value)
        case .bytes: return bytes(value)
        case .fraction: return HumanText.percent(value)
        case .perSecond, .count: return number(value)
        case nil: break
        }
        if metric.hasSuffix("_us") || metric.hasPrefix("latency_") { return HumanText.duration(value) }
        return number(value)
    }

    /// Thousands of bytes from five digits on.
    private static func bytes(_ value: Double) -> String {
        let text = number(value)
        guard let unit = text.last, unit.isLetter else { return text + " B" }
        return text.dropLast() + " \(unit)B"
    }

    /// Five digits at most: long ones would take the room of names.
    private static func number(_ value: Double) -> String {
        abs(value) < 99_999.5 ? HumanText.digits(value) : HumanText.rate(value)
    }

    /// A median and how far its interval reaches from it: `3,787 ±1.4 %`.
    static func median(_ figure: MedianInterval, unit: String, metric: String, _ plusMinus: String) -> String {
        let text = value(figure.median, unit: unit, metric: metric)
        guard let interval = figure.interval, figure.median != 0 else { return text }
        let reach = max(interval.high - figure.median, figure.median - interval.low) / abs(figure.median)
        return "\(text) \(plusMinus)\(HumanText.fixed(reach * 100, reach < 0.0995 ? 1 : 0)) %"
    }

    /// A relative change with its sign: `-14.0 %`.
    static func change(_ change: Double?) -> String {
        guard let change else { return "from 0" }
        let percent = HumanText.fixed(change * 100, abs(change) < 0.9995 ? 1 : 0)
        return (change > 0 ? "+" : "") + percent + " %"
    }

    /// The ends of a change's interval: `-14.9 .. -13.1 %`.
    static func interval(_ interval: ConfidenceInterval?) -> String {
        guard let interval else { return "" }
        let text = { (end: Double) in (end > 0 ? "+" : "") + HumanText.fixed(end * 100, abs(end) < 0.9995 ? 1 : 0) }
        return "\(text(interval.low)) .. \(text(interval.high)) %"
    }

    /// A p-value in three decimals.
    static func pValue(_ value: Double?) -> String {
        guard let value else { return HumanText.none }
        return value < 0.001 ? "<0.001" : HumanText.fixed(value, 3)
    }
}

extension ComparisonRow {
    /// What tells the row from others: `burst tps`, `LWLock:WALWrite avg_sessions`.
    var name: String {
        var parts: [String] = []
        let type = place.first { $0.column == "wait_event_type" }?.value
        for (column, value) in place where column != "wait_event_type" {
            switch column {
            case "backend_type": if value != "client backend" { parts.append(value) }
            case "wait_event": parts.append(value.isEmpty ? "(none)" : (type.map { $0 + ":" } ?? "") + value)
            case "phase", "type": parts.append(value)
            default: parts.append((column.split(separator: ".").last.map(String.init) ?? column) + "=" + value)
            }
        }
        return (parts + [metric]).joined(separator: " ")
    }

    /// Whether a person wants to see the row: one of the figures that matter, or one that differs.
    var isShown: Bool { isHeadline || isSignificant }

    /// `better`, `worse`, `differs`, or `~` where nothing is significant.
    var verdictText: String {
        guard isSignificant else { return isIdentical ? "=" : "~" }
        return isBetter.map { $0 ? "better" : "worse" } ?? "differs"
    }
}

extension ComparisonResult {
    /// One sentence that says what the comparison comes to.
    var verdictSentence: String {
        let limit = HumanText.fixed(threshold * 100, threshold * 100 == (threshold * 100).rounded() ? 0 : 1) + " %"
        let tests = rows.count { $0.pValue != nil }
        switch verdict {
        case .identical:
            if rows.count == 1 { return "Identical: the one figure agrees to the last digit." }
            return "Identical: all \(HumanText.grouped(Double(rows.count))) figures agree to the last digit."
        case .same where tests == 0:
            return "Nothing can be said: no figure has two repeats on both sides, and one alone cannot be tested."
        case .same:
            return "No significant difference in \(HumanText.count(tests, "figure")) (5 % level, Holm's correction)."
        case .different:
            let count = rows.count(where: \.isSignificant)
            let differ = "\(HumanText.count(tests, "figure")) \(count == 1 ? "differs" : "differ") significantly"
            return "\(count) of \(differ); none is certainly worse by more than \(limit)."
        case .regression:
            let worse = rows.filter(\.isRegression)
            // Counts say again what rates and times do.
            let telling = worse.filter { $0.unit != Metric.Unit.count.rawValue }
            let worst = (telling.isEmpty ? worse : telling).max {
                abs($0.change ?? .infinity) < abs($1.change ?? .infinity)
            }!
            let others = worse.count > 1 ? " and \(worse.count - 1) more" : ""
            return "Regression: \(worst.name) \(FigureText.change(worst.change))\(others), beyond \(limit)."
        }
    }

    /// How the repeats were set side by side.
    var testSentence: String {
        let tests = Set(rows.compactMap(\.test))
        let counts = rows.map(\.counts).max { $0.base + $0.new < $1.base + $1.new } ?? (0, 0)
        let repeats = "\(counts.base) and \(counts.new) repeats"
        if tests == [.ranks] { return "\(repeats), rank test" }
        return tests.isEmpty ? repeats : "\(repeats), paired by seed"
    }

    /// The confidence of the medians' intervals, which few repeats limit.
    var confidenceText: String {
        let most = rows.max { $0.counts.base + $0.counts.new < $1.counts.base + $1.counts.new }
        guard let most, most.base.interval != nil, most.new.interval != nil else { return "no intervals of one repeat" }
        let least = min(most.base.confidence, most.new.confidence)
        return least >= 0.95
            ? "95 % intervals of medians"
            : "intervals of medians are the repeats' range (\(HumanText.fixed(least * 100, 0)) %)"
    }
}
