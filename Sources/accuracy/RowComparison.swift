import Foundation

/// A simulated row beside its measured one. Errors are fractions: 0.02 is 2 % too much.
struct RowComparison {
    var measured: MeasuredRow
    var simulated: SimulatedRow

    var tpsError: Double { simulated.tps / measured.meanTPS - 1 }
    var latencyError: Double { error(\.mean) }
    var p95Error: Double { error(\.p95) }
    var flushError: Double? {
        guard let measured = measured.transactionsPerFlush, let simulated = simulated.transactionsPerFlush else {
            return nil
        }
        return simulated / measured - 1
    }

    /// The error of one figure of the latencies.
    func error(_ figure: KeyPath<MeasuredRow.Latency, Double>) -> Double {
        simulated.latency[keyPath: figure] / measured.latency[keyPath: figure] - 1
    }

    /// Sessions in a wait event too many, as a fraction of all clients.
    func sessionsError(_ event: KeyPath<MeasuredRow.Sessions, Double>) -> Double {
        (simulated.sessions[keyPath: event] - measured.sessions[keyPath: event]) / Double(measured.key.clients)
    }

    /// The wait event whose sessions are furthest off.
    var worstSessionsError: Double {
        [sessionsError(\.walWrite), sessionsError(\.walSync), sessionsError(\.rows)].max { abs($0) < abs($1) }!
    }

    /// 0 if the simulated TPS lies in the range of the passes, else how far outside, as a fraction of the nearer end.
    var rangeError: Double {
        let low = measured.tps.min()!, high = measured.tps.max()!
        if simulated.tps < low { return simulated.tps / low - 1 }
        return simulated.tps > high ? simulated.tps / high - 1 : 0
    }
}

/// The bands that all rows together must keep.
struct AccuracyBands {
    let bands: [TargetSummary]

    init(_ rows: [RowComparison]) {
        let sync = rows.filter { $0.measured.rowClass == .sync }
        let noisy = rows.filter { $0.measured.rowClass == .noisy }
        let standby = rows.filter { $0.measured.rowClass == .standby }
        let slow = sync.filter { $0.measured.key.syncMicroseconds >= 1_000 }
        func band(_ name: String, _ value: Double, _ limit: Double) -> TargetSummary {
            TargetSummary(name: name, value: value, limit: limit)
        }
        bands = [
            band("sync rows: TPS, median error", median(sync.map(\.tpsError)), 0.015),
            band("sync rows: TPS, worst error", worst(sync.map(\.tpsError)), 0.07),
            band("sync rows: transactions per flush, median", median(sync.compactMap(\.flushError)), 0.02),
            band("sync rows: mean latency, median", median(sync.map(\.latencyError)), 0.02),
            band("sync rows: p50 latency, median", median(sync.map { $0.error(\.p50) }), 0.05),
            band("sync rows: p95 latency, median", median(sync.map { $0.error(\.p95) }), 0.05),
            band("sync rows: p99 latency, median", median(sync.map { $0.error(\.p99) }), 0.05),
            band("1 ms and more: sessions in a wait event, median", median(slow.map(\.worstSessionsError)), 0.03),
            band("standby rows: TPS, median error", median(standby.map(\.tpsError)), 0.04),
            band("standby rows: TPS, worst error", worst(standby.map(\.tpsError)), 0.08),
            band("noisy rows: TPS outside the passes, worst", worst(noisy.map(\.rangeError)), 0.12),
        ]
    }
}

/// The median of the values' sizes; infinite where there are none, or one is no number: no band holds without data.
func median(_ values: [Double]) -> Double {
    let sorted = sizes(values).sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The largest of the values' sizes; infinite where there are none, or one is no number.
func worst(_ values: [Double]) -> Double { sizes(values).max()! }

private func sizes(_ values: [Double]) -> [Double] {
    values.isEmpty || values.contains(where: \.isNaN) ? [.infinity] : values.map(abs)
}
