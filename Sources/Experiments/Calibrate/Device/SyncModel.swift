/// What the inputs say about the device that WAL is written to.
struct SyncModel: Sendable {
    /// The shape of sync latencies.
    enum Shape: Sendable {
        /// A table, and the mean of what was recorded: its own may differ a little.
        case quantiles([LatencyRecord.QuantilePoint], mean: Double)
        case family(DistributionFit.Family, shape: Double)
        case constant
    }

    var shape: Shape
    /// What a mean is the time of.
    enum Timing: Sendable {
        /// The device's own part of a sync.
        case device
        /// A process's call of sync, from before to after it, as `wal_sync_time` has it.
        case sync
        /// A process's write and its sync, as pg_test_fsync has them.
        case writeAndSync
    }

    /// Mean of a sync in nanoseconds, as it was measured.
    var mean: Double
    /// What was measured.
    var timing = Timing.device
    /// The part of the mean that is no device's but the simulated host's, in nanoseconds with CPU costs as they are:
    /// calling the kernel, writing, waking up.
    var overhead = 0.0
    /// Mean of a synchronous write over that of a sync; nil if unknown.
    var writeRatio: Double?
    /// Where mean and shape came from, a sentence without its full stop.
    var source: String
    /// How well the shape meets the record.
    var quality: String
    /// False if nothing was given and the mean is a guess.
    var isMeasured = true
    /// The number of syncs behind the shape; nil if only a mean is known.
    var samples: Double?

    /// The mean of the device's own part, in nanoseconds.
    /// - Parameter cpu: how many times as long the host's CPU takes.
    func deviceMean(cpu: Double) -> Double { max(mean - overhead * cpu, min(mean, 1)) }

    /// The distribution of a sync, or of a write, as a scenario spells it.
    /// - Parameters:
    ///   - factor: stretches all times.
    ///   - cpu: how many times as long the host's CPU takes.
    func node(times factor: Double, cpu: Double) -> JSONNode {
        let mean = deviceMean(cpu: cpu)
        switch shape {
        case .constant: return .object(["constant": .string(DurationPrinter.text(mean * factor))])
        case .family(let family, let shape): return family.node(mean: mean * factor, shape: shape)
        case .quantiles(let points, let recorded):
            // Not by the table's own mean: what that is off by must not distort what was measured.
            let stretch = recorded > 0 ? mean / recorded * factor : 1
            return DurationPrinter.quantiles(points.map { .init(p: $0.p, value: $0.value * stretch) })
        }
    }

    /// The mean of a table of quantiles joined by straight lines.
    static func mean(of points: [LatencyRecord.QuantilePoint]) -> Double {
        guard let first = points.first, let last = points.last else { return 0 }
        var area = first.p * first.value + (1 - last.p) * last.value
        for (a, b) in zip(points, points.dropFirst()) { area += (b.p - a.p) * (a.value + b.value) / 2 }
        return area
    }
}

/// Makes a `SyncModel` from whatever inputs there are, the best first.
struct SyncModelBuilder {
    var tests: [(test: FsyncTest, source: String)] = []
    var reports: [(report: FioReport, source: String)] = []
    var iostat: (report: IostatReport, source: String)?
    var statWAL: (wal: PgStatWALFile, source: String)?
    /// Runs of pgbench; those with one client show the shape of sync latencies.
    var runs: [MeasuredRun] = []
    /// `wal_sync_method`, which decides the row of pg_test_fsync.
    var method = "fdatasync"

    /// Shorter records than this are no distribution.
    private static let fewest = 50.0

    func model() -> SyncModel {
        var model = shaped()
        guard let (mean, source, timing) = benchmarkMean else { return model }
        if model.isMeasured, abs(model.mean / mean - 1) > 1e-9 {
            model.source += ", mean from \(source)"
        } else if !model.isMeasured {
            model.source = "mean from \(source)"
        }
        model.mean = mean
        model.timing = timing
        model.isMeasured = true
        model.writeRatio = writeRatio
        return model
    }

    /// PostgreSQL's own tool tells the mean best: it overwrites a block as WAL does.
    private var benchmarkMean: (Double, String, SyncModel.Timing)? {
        let row = method.hasPrefix("open") ? "fdatasync" : method
        for (test, source) in tests {
            for name in [row, "fdatasync", "fsync"] {
                if let time = test.oneWrite[name] { return (time, "\(name) in \(source)", .writeAndSync) }
            }
        }
        guard reports.isEmpty else { return nil }
        if let (wal, source) = statWAL, let mean = wal.meanSync {
            return (mean, "wal_sync_time in \(source)", .sync)
        }
        if let (report, source) = iostat, let flush = report.flush, flush.mean > 0 {
            return (flush.mean, "f_await of \(report.device) in \(source)", .device)
        }
        return nil
    }

    private var writeRatio: Double? {
        let row = method == "open_sync" ? "open_sync" : "open_datasync"
        for (test, _) in tests {
            guard let write = test.oneWrite[row], let sync = test.oneWrite["fdatasync"] ?? test.oneWrite["fsync"]
            else { continue }
            // A hundredth is noise; a write that is left out takes what a sync does.
            return abs(write / sync - 1) > 0.02 ? write / sync : nil
        }
        return nil
    }

    private func shaped() -> SyncModel {
        for (report, source) in reports {
            if let record = report.sync ?? report.write {
                return Self.model(of: record, "fio job \(report.job) in \(source)")
            }
        }
        // With one client a transaction is a sync and a nearly constant rest.
        for run in runs where run.clients == 1 && !run.hasRate {
            guard let record = run.distribution, record.count >= Self.fewest,
                let mean = benchmarkMean?.0
            else { continue }
            return Self.model(of: record, singleClientMean: mean, run.sources.joined(separator: ", "))
        }
        return SyncModel(
            shape: .constant, mean: 1e6, source: "no input says what a sync takes: 1 ms is a guess",
            quality: "a constant", isMeasured: false)
    }

    private static func model(of record: LatencyRecord, _ source: String) -> SyncModel {
        let fit = DistributionFit.best(for: record)
        let enough = record.quantiles.count >= 5 && record.count >= fewest
        let quality =
            fit.map { "best family: \($0.family.rawValue), off by \(percent($0.misfit)) (rms)" } ?? "no spread"
        if enough {
            let points = QuantileTail.table(of: record)
            let deviation = SyncModel.mean(of: points) / record.mean - 1
            return SyncModel(
                shape: .quantiles(points, mean: record.mean), mean: record.mean,
                source: "quantiles of \(whole(record.count)) syncs by \(source)",
                quality: "\(points.count) quantiles, their mean off by \(percent(deviation)); \(quality)",
                samples: record.count)
        }
        guard let fit else {
            return SyncModel(
                shape: .constant, mean: record.mean, source: "mean of syncs by \(source)", quality: quality)
        }
        return SyncModel(
            shape: .family(fit.family, shape: fit.shape), mean: record.mean,
            source: "best fitting distribution of \(whole(record.count)) syncs by \(source)", quality: quality,
            samples: record.count)
    }

    /// Latencies of a single client, shifted so that their mean is that of a sync.
    private static func model(of record: LatencyRecord, singleClientMean mean: Double, _ source: String) -> SyncModel {
        let rest = record.mean - mean
        let points = QuantileTail.table(of: record).map {
            LatencyRecord.QuantilePoint(p: $0.p, value: max($0.value - rest, mean / 100))
        }
        return SyncModel(
            shape: .quantiles(points, mean: SyncModel.mean(of: points)), mean: mean,
            source: "shape from \(whole(record.count)) transactions of a single client in \(source)",
            quality: "\(points.count) quantiles of latency, shifted by \(DurationPrinter.signed(-rest))",
            samples: record.count)
    }

    private static func percent(_ value: Double) -> String { "\((value * 1_000).rounded() / 10 + 0) %" }
    private static func whole(_ value: Double) -> String { String(Int64(value.rounded())) }
}
