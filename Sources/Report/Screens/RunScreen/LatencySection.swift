import Experiments
import Statistics

extension RunSections {
    /// The latency distribution in a row of percentiles.
    func latency() -> [Line] {
        let latency = view.whole.span.sum.latency
        guard latency.count > 0 else { return [] }
        let ranks: [(String, Double)] = [("p50", 50), ("p90", 90), ("p95", 95), ("p99", 99), ("p99.9", 99.9)]
        var table = TextTable(["mean"].map { .right($0) } + ranks.map { .right($0.0) } + [.right("max")])
        let values = [latency.meanMicroseconds] + ranks.map { latency.percentileMicroseconds($0.1) }
        table.append((values + [latency.maxMicroseconds]).map { .text(HumanText.duration($0)) })
        let count = HumanText.grouped(Double(latency.count))
        return [.heading("Latency", "of \(count) transactions")] + table.lines(fitting: width, glyphs: glyphs)
    }
}
