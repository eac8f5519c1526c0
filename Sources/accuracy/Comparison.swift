import Foundation

/// A simulated row beside its measured one. Errors are fractions: 0.02 is 2 % too much.
struct Comparison {
    var measured: MeasuredRow
    var simulated: SimulatedRow

    var tpsError: Double { simulated.tps / measured.meanTPS - 1 }
    var latencyError: Double { simulated.meanLatency / measured.meanLatency - 1 }
    var p95Error: Double { simulated.p95Latency / measured.p95Latency - 1 }
    var flushError: Double? {
        guard let measured = measured.transactionsPerFlush, let simulated = simulated.transactionsPerFlush else {
            return nil
        }
        return simulated / measured - 1
    }
    /// In clients, as a fraction of all.
    var sessionsError: Double {
        (simulated.walWriteSessions - measured.walWriteSessions) / Double(measured.key.clients)
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
    /// One figure and its limit.
    struct Band {
        var name: String
        var value: Double
        var limit: Double
        var isKept: Bool { value <= limit }
    }

    let bands: [Band]

    init(_ rows: [Comparison]) {
        let sync = rows.filter { $0.measured.rowClass == .sync }
        let noisy = rows.filter { $0.measured.rowClass == .noisy }
        let standby = rows.filter { $0.measured.rowClass == .standby }
        let slow = sync.filter { $0.measured.key.syncMicroseconds >= 1_000 }
        bands = [
            Band(name: "sync rows: TPS, median error", value: median(sync.map(\.tpsError)), limit: 0.02),
            Band(name: "sync rows: TPS, worst error", value: worst(sync.map(\.tpsError)), limit: 0.08),
            Band(
                name: "sync rows: transactions per flush, median", value: median(sync.compactMap(\.flushError)),
                limit: 0.02),
            Band(name: "sync rows: mean latency, median", value: median(sync.map(\.latencyError)), limit: 0.02),
            Band(name: "sync rows: p95 latency, median", value: median(sync.map(\.p95Error)), limit: 0.05),
            Band(
                name: "1 ms and more: sessions in WALWrite, median", value: median(slow.map(\.sessionsError)),
                limit: 0.04),
            Band(name: "standby rows: TPS, median error", value: median(standby.map(\.tpsError)), limit: 0.04),
            Band(name: "standby rows: TPS, worst error", value: worst(standby.map(\.tpsError)), limit: 0.08),
            Band(name: "noisy rows: TPS outside the passes, worst", value: worst(noisy.map(\.rangeError)), limit: 0.15),
        ]
    }
}

/// The median of the values' sizes.
func median(_ values: [Double]) -> Double {
    let sorted = values.map(abs).sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The largest of the values' sizes.
func worst(_ values: [Double]) -> Double { values.map(abs).max() ?? 0 }
