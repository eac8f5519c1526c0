import Experiments
import Instrumentation
import SimTime
import Statistics
import WaitEvents

/// Pictures of distributions: waits, latencies, groups, WAL.
extension RunPage {
    private static let size = (width: 450.0, height: 310.0)

    /// The lock that most sessions wait for, beside the I/O that its holder does.
    func waitFigure() -> HTMLPage.Figure? {
        let lock = focus.clientRows.filter { Ink.Hue($0.event?.type) == .lwlock && $0.waits.count > 0 }.max {
            $0.total < $1.total
        }
        let io = focus.busiestIO.flatMap { $0.waits.count > 0 ? $0 : nil }
        let rows = [lock, io].compactMap { $0 }
        guard !rows.isEmpty else { return nil }
        let scale = [4, 2, 1].lazy.map { DurationScale(rows.map(\.waits), parts: $0, gaps: false) }
            .first { $0.rows.count <= 40 || $0.parts == 1 }!
        var bounds: [Nanoseconds] = []
        var shares = rows.map { _ in [Double]() }
        for case .waits(let lower, let upper, let fractions) in scale.rows {
            if bounds.isEmpty { bounds = [lower] }
            bounds.append(upper)
            for index in fractions.indices { shares[index].append(fractions[index]) }
        }
        let panels = zip(rows, shares).map { row, shares in
            Columns.Panel(
                name: title(row), ink: palette.ink(row.event?.description ?? "none"), shares: shares,
                remark: "\(HumanText.grouped(Double(row.waits.count))) waits, median "
                    + HumanText.duration(row.waits.percentileMicroseconds(50)))
        }
        let columns = Columns(
            panels: panels,
            bounds: bounds.map {
                HumanText.duration($0.microseconds).replacing(".00 ", with: " ").replacing(".0 ", with: " ")
            }, unit: "duration of a wait",
            shareOf: "waits")
        let names = rows.map(title)
        return HTMLPage.Figure(
            title: names.joined(separator: " against ") + inFocus,
            caption: """
                How long single waits last; four columns at most span a doubling of the duration, the scales of both \
                are the same. Waits for a lock that end one I/O later look like the I/O's own distribution; if they \
                stretch to twice its durations or more, waiters miss a flush and wait for the next.
                """,
            picture: columns.picture("Durations of waits", width: Self.size.width, height: Self.size.height).inline())
    }

    private func title(_ row: WaitEventRow) -> String {
        let event = row.event?.description ?? "no wait event"
        return row.backendType == .clientBackend ? event : "\(event) (\(row.backendType.name))"
    }

    func latencyFigure() -> HTMLPage.Figure? {
        let dashes: [Curves.Dash] = [.dashed, .dotted]
        let hues: [Ink] = [Ink(.lwlock), Ink(.cpu), Ink(.timeout), Ink(.ipc), Ink(.bufferpin)]
        let phases = view.phases.count > 1 ? view.phases.prefix(5) : []
        var curves = phases.enumerated().map { index, phase in
            percentiles(phase.span, hues[index % hues.count], dashes[index % dashes.count])
        }
        curves.append(percentiles(view.whole.span, Ink(.io), .solid, named: "whole run"))
        curves.removeAll { $0.points.isEmpty }
        guard !curves.isEmpty else { return nil }
        let unit = TimeUnit(largest: curves.flatMap { $0.points.map(\.y) }.max() ?? 0)
        let figure = Curves(
            curves: curves,
            x: Curves.Axis(kind: .logarithmic, unit: "percentile", label: Self.percentile, ticks: Self.ranks, low: 1),
            y: Curves.Axis(unit: "latency (\(unit.name))", label: unit.label))
        return HTMLPage.Figure(
            title: "Latency by percentile",
            caption: """
                Read upward at a percentile: that share of transactions took no longer. The axis is logarithmic in \
                1/(1-p), so that each step to the right is ten times rarer. A step in a curve is an event that hit \
                that share of transactions; it ends at the slowest one.
                """,
            picture: figure.picture("Latency by percentile", width: Self.size.width, height: Self.size.height).inline())
    }

    /// Twenty points a decade of 1/(1-p), up to the last one that a transaction stands behind.
    private func percentiles(
        _ span: PooledSpan, _ ink: Ink, _ dash: Curves.Dash, named name: String? = nil
    ) -> Curves.Curve {
        let latency = span.sum.latency
        var points: [(x: Double, y: Double)] = []
        var inverse = 1.0
        while inverse < Double(latency.count) {
            if let value = latency.percentileMicroseconds(100 * (1 - 1 / inverse)) { points.append((inverse, value)) }
            inverse *= 1.122_018_454_301_963_4
        }
        if let slowest = latency.maxMicroseconds { points.append((Double(max(latency.count, 1)), slowest)) }
        return Curves.Curve(name: name ?? span.name, ink: ink, dash: dash, points: points)
    }

    private static let ranks = (0...9).map { (0..<$0).reduce(1.0) { value, _ in value * 10 } }

    /// The percentile that 1/(1-p) stands for: 0 %, 90 %, 99 %, 99.9 % ...
    private static func percentile(_ inverse: Double) -> String {
        AxisText.percentile(100 * (1 - 1 / inverse)) + " %"
    }

    func flushFigure() -> HTMLPage.Figure? {
        let rows = focus.span.sum.flushGroups
        let flushes = rows.reduce(0) { $0 + Double($1.flushes) }
        guard flushes > 0, let most = rows.last?.most else { return nil }
        // At most 32 columns, each of the same number of sizes; sizes above 31 were counted in classes.
        let width = max(1, Int((Double(most + 1) / 32).rounded(.up)))
        let count = most / width + 1
        var shares = [Double](repeating: 0, count: count)
        for row in rows {
            let share = Double(row.flushes) / flushes / Double(row.most - row.least + 1)
            for size in row.least...row.most { shares[size / width] += share }
        }
        let labels = (0..<count).map { width == 1 ? String($0) : "\($0 * width)-\($0 * width + width - 1)" }
        let mean = focus.span.value("txns_per_flush").map(HumanText.digits) ?? HumanText.none
        let columns = Columns(
            panels: [
                Columns.Panel(
                    name: "commits per flush", ink: Ink(.io), shares: shares,
                    remark: "\(HumanText.grouped(flushes)) flushes, mean \(mean)")
            ], bounds: labels + [""], unit: "commits that one flush made durable", shareOf: "flushes",
            labelsAreCentred: true)
        return HTMLPage.Figure(
            title: "Flush groups" + inFocus,
            caption: """
                How many commits became durable by one flush. Under a closed load of N clients whose flush dominates, \
                groups are about N/2; 1 means that nobody shares; 0 are flushes that no commit waited for, such as the \
                walwriter's.
                """,
            picture: columns.picture("Commits per flush", width: Self.size.width, height: Self.size.height).inline())
    }
}

extension AxisText {
    /// A percentage with the digits that tell it from 100.
    static func percentile(_ percent: Double) -> String {
        var decimals = 0
        while decimals < 8, abs(percent - 100) < 0.999 * pow10(-decimals) { decimals += 1 }
        let text = HumanText.fixed(percent, decimals)
        return text.contains(".") ? number(trimming: text) : text
    }

    private static func pow10(_ exponent: Int) -> Double { (0..<(-exponent)).reduce(1.0) { value, _ in value / 10 } }
    private static func number(trimming text: String) -> String {
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }
}
