/// The table of quantiles that a record of latencies becomes.
///
/// Straight lines from the last quantile to the greatest latency would make one stall among thousands many. So the
/// greatest has the weight of one latency, and what the table's mean lacks is made up between the last quantile and the
/// greatest latency only: the body stays as it was measured.
enum QuantileTail {
    /// The record's quantiles, and what its tail needs besides.
    static func table(of record: LatencyRecord) -> [LatencyRecord.QuantilePoint] {
        var points: [LatencyRecord.QuantilePoint] = []
        for point in (record.quantiles + record.steps).sorted(by: { ($0.p, $0.value) < ($1.p, $1.value) })
        where points.last.map({ point.p - $0.p > 1e-12 && point.value >= $0.value }) ?? true {
            points.append(point)
        }
        guard let most = record.max, record.count > 1 else { return points }
        return finish(points, most, record)
    }

    private static func finish(
        _ points: [LatencyRecord.QuantilePoint], _ most: Double, _ record: LatencyRecord
    ) -> [LatencyRecord.QuantilePoint] {
        let share = 1 / record.count
        let isGap = record.steps.contains { $0.p > 1 - share && $0.value >= most }
        var body = points.filter { $0.p <= 1 - share + 1e-12 }
        guard !isGap, let last = body.last, most > last.value else { return points }
        let knows = last.p > 1 - share - 1e-12
        if !knows { body.append(.init(p: 1 - share, value: last.value)) }
        func tailed() -> [LatencyRecord.QuantilePoint] { body + [.init(p: 1, value: most)] }
        // The greatest latency has half of its weight by a straight line, and all of it by a step.
        let lack = record.mean - SyncModel.mean(of: tailed())
        let flat = min(max(2 * lack / (most - last.value), 0), 0.99 * share)
        let step = flat > 0 ? [LatencyRecord.QuantilePoint(p: 1 - flat, value: most)] : []
        if !knows {
            // What lies between the last known quantile and the greatest latency but one is the record's secret.
            let rest = record.mean - SyncModel.mean(of: body + step + [.init(p: 1, value: most)])
            let value = last.value + 2 * rest / (1 - last.p - flat)
            body[body.count - 1].value = min(max(value, last.value), most)
        }
        return body + step + [.init(p: 1, value: most)]
    }
}
