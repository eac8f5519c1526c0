import SimTime
import WaitEvents

/// Collects the timeline in a bounded number of intervals: when there are too many, neighbours are joined and the
/// interval doubles, so that memory does not grow with simulated time.
public final class TimelineBuilder {
    /// More intervals than this are joined in pairs.
    public static let limit = 1_000

    private let recorder: Recorder
    private var interval: Nanoseconds
    private var ticksPerBin = 1
    private var ticksInLast = 0
    private var bins: [TimelineBin] = []
    private var last = TimelineBin()
    private var lastTick: Instant

    /// - Parameters:
    ///   - interval: how often `tick` is called.
    ///   - now: the start of the first interval.
    public init(_ recorder: Recorder, interval: Nanoseconds, _ now: Instant) {
        self.recorder = recorder
        self.interval = interval
        lastTick = now
        last = standing(now)
    }

    /// Everything so far, as a bin.
    private func standing(_ now: Instant) -> TimelineBin {
        let totals = recorder.totals.pointee
        var bin = TimelineBin()
        bin.transactions = totals.transactions
        bin.latencySum = totals.latencySum
        bin.commits = totals.commits
        bin.flushes = totals.flushes
        bin.walBytes = recorder.gauges.insertHead()
        bin.checkpoint = totals.checkpoints.time(until: now)
        bin.checkpointBuffers = totals.checkpoints.buffersWritten
        bin.segmentsCreated = totals.checkpoints.segmentsCreated
        let cells = recorder.sum(.clientBackend, until: now)
        for event in 0..<WaitEvent.count {
            let base = event * ActivityState.count
            bin.sessions[event] = cells[base..<base + ActivityState.count].reduce(0, +)
        }
        return bin
    }

    /// Ends an interval.
    public func tick(_ now: Instant) {
        let present = standing(now)
        var bin = present - last
        bin.length = now - lastTick
        last = present
        lastTick = now
        append(bin)
    }

    /// Ends the last interval, which may be a shorter one.
    public func finish(_ now: Instant) {
        if now > lastTick { tick(now) }
    }

    private func append(_ bin: TimelineBin) {
        if ticksInLast > 0 && ticksInLast < ticksPerBin {
            bins[bins.count - 1] = bins[bins.count - 1] + bin
        } else {
            if bins.count == Self.limit { joinPairs() }
            bins.append(bin)
            ticksInLast = 0
        }
        ticksInLast += 1
    }

    private func joinPairs() {
        var joined: [TimelineBin] = []
        joined.reserveCapacity(Self.limit)
        for index in stride(from: 0, to: bins.count, by: 2) {
            joined.append(index + 1 < bins.count ? bins[index] + bins[index + 1] : bins[index])
        }
        bins = joined
        ticksPerBin *= 2
        interval = interval * 2
    }

    /// The series of the run.
    public func timeline() -> Timeline {
        func series(_ metric: String, _ value: (TimelineBin) -> Double?) -> (metric: String, values: [Double?]) {
            (metric, bins.map(value))
        }
        func ratio(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
        var all = [
            series("tps") { ratio(Double($0.transactions), $0.length.seconds) },
            series("latency_mean") { ratio($0.latencySum.microseconds, Double($0.transactions)) },
            series("txns_per_flush") { ratio(Double($0.commits), Double($0.flushes)) },
            series("wal_bytes_per_second") { ratio(Double($0.walBytes), $0.length.seconds) },
        ]
        // Only in runs that have them, so that others keep their files short.
        if bins.contains(where: { $0.checkpoint > .zero }) {
            all.append(series("checkpoint") { ratio(Double($0.checkpoint.count), Double($0.length.count)) })
            all.append(series("checkpoint_buffers") { Double($0.checkpointBuffers) })
        }
        if bins.contains(where: { $0.segmentsCreated > 0 }) {
            all.append(series("wal_segments_created") { Double($0.segmentsCreated) })
        }
        for event in WaitEvent.allCases where bins.contains(where: { $0.sessions[Int(event.rawValue)] > 0 }) {
            let name = event.name(in: recorder.release)?.description ?? "none"
            // Sleeps that the release does not report are part of `none`.
            if event != .none && name == "none" { continue }
            let hidden = WaitEvent.allCases.filter { $0.name(in: recorder.release) == nil }
            let parts = event == .none ? hidden : [event]
            all.append(
                series("active_sessions:\(name)") { bin in
                    ratio(parts.reduce(0) { $0 + Double(bin.sessions[Int($1.rawValue)]) }, Double(bin.length.count))
                })
        }
        return Timeline(interval: interval, series: all)
    }
}
