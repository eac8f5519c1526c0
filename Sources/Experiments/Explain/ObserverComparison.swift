import Foundation
import Instrumentation
import SimTime
import Synchronization
import WaitEvents

/// The same run as several observers see it: samplers, averages, and the exact account that none of them has.
public struct ObserverComparison: Sendable {
    /// One observer's view of client backends.
    public struct View: Sendable {
        /// Such as `1 s samples (ASH)`.
        public var observer: String
        /// How many looks or averages the view is made from; nil: it never looks away.
        public var looks: Int?
        /// Active sessions on average.
        public var meanActive: Double
        /// The most active sessions that one look or average showed.
        public var peakActive: Double
        /// The event most seen, and its share of active sessions.
        public var top: (event: String, share: Double)?
        /// Events that took time and that the observer never saw, with their true average sessions.
        public var unseen: [(event: String, sessions: Double)]
    }

    /// The exact account first.
    public var views: [View]
    /// What pgbench prints: mean latency and throughput, in microseconds and 1/s; nil if nothing completed.
    public var pgbench: (latency: Double, tps: Double)?
    /// The 99th percentile of latency, in microseconds; nil if nothing completed.
    public var p99: Double?
    /// The longest latency, in microseconds; nil if nothing completed.
    public var slowest: Double?
    /// The longest time without a commit, in microseconds.
    public var longestGap: Double

    /// Compares the observers of one run.
    ///
    /// - Parameters:
    ///   - run: its exact account.
    ///   - samples: its samples of client backends.
    public init(_ run: RunResult, _ samples: SampleCollector) {
        let truth = Truth(run)
        let all = samples.looks
        let every = max(1, Int(Nanoseconds.seconds(1).count / max(samples.interval.count, 1)))
        let peak = all.map { $0.values.reduce(0, +) }.max() ?? 0
        // The first look of a sampler with a longer interval comes after that interval.
        let coarse = all.enumerated().filter { ($0.offset + 1) % every == 0 }.map(\.element)
        views = [
            truth.view(peakAtLeast: Double(peak)),
            truth.view(named: "samples every \(samples.interval) (pg_wait_sampling)", of: all),
            truth.view(named: "samples every 1s (ASH)", of: coarse), truth.average(over: .seconds(60)),
        ]
        let whole = run.whole
        pgbench = whole.latency.meanMicroseconds.flatMap { mean in
            Metric.named("tps")?.value(whole).map { (mean, $0) }
        }
        p99 = whole.latency.percentileMicroseconds(99)
        slowest = whole.latency.maxMicroseconds
        longestGap = whole.longestCommitGap.microseconds
    }
}

/// Collects samples of client backends while a run goes on; its calls come from one thread at a time.
public final class SampleCollector: Sendable {
    /// The time between two looks; pg_wait_sampling's default is 10 ms.
    public let interval: Nanoseconds
    private let state = Mutex<(at: Nanoseconds?, looks: [[String: Int]])>((nil, []))

    /// A collector without samples.
    public init(interval: Nanoseconds) { self.interval = interval }

    /// Takes one session of one sample.
    public func add(_ sample: SessionSample) {
        state.withLock { state in
            if state.at != sample.at {
                state.at = sample.at
                state.looks.append([:])
            }
            guard sample.backendType == .clientBackend, sample.event?.type != .client else { return }
            state.looks[state.looks.count - 1][sample.event?.description ?? "none", default: 0] += 1
        }
    }

    /// Active sessions by event at each look.
    var looks: [[String: Int]] { state.withLock { $0.looks } }
}

/// The exact account of active client backends.
private struct Truth {
    let sessions: [(event: String, sessions: Double)]
    /// Active sessions in each interval of the timeline, and its length in seconds.
    private let active: (values: [Double], interval: Double)

    init(_ run: RunResult) {
        let span = Double(max(run.whole.span.count, 1))
        sessions = run.whole.waitEvents
            .filter { $0.backendType == .clientBackend && $0.event?.type != .client && $0.total > .zero }
            .map { ($0.event?.description ?? "none", Double($0.total.count) / span) }
            .sorted { ($1.sessions, $0.event) < ($0.sessions, $1.event) }
        let timeline = run.detail ?? run.timeline
        let series = timeline.series.filter {
            $0.metric.hasPrefix("active_sessions:") && !$0.metric.hasPrefix("active_sessions:Client:")
        }
        let values = (0..<(series.map(\.values.count).max() ?? 0)).map { index in
            series.reduce(0.0) { $0 + ($1.values.indices.contains(index) ? $1.values[index] ?? 0 : 0) }
        }
        active = (values, timeline.interval.seconds)
    }

    private var mean: Double { sessions.reduce(0) { $0 + $1.sessions } }

    private var top: (event: String, share: Double)? {
        sessions.first.map { ($0.event, mean > 0 ? $0.sessions / mean : 0) }
    }

    /// The timeline's intervals are averages: at an instant there were at least as many as a look found.
    func view(peakAtLeast peak: Double) -> ObserverComparison.View {
        ObserverComparison.View(
            observer: "exact account", looks: nil, meanActive: mean, peakActive: max(active.values.max() ?? 0, peak),
            top: top, unseen: [])
    }

    /// What averages over spans of that length show: nothing of what varies within one.
    func average(over span: Nanoseconds) -> ObserverComparison.View {
        let size = max(1, Int((span.seconds / max(active.interval, 1e-9)).rounded()))
        let averages = stride(from: 0, to: active.values.count, by: size).map { start in
            let part = active.values[start..<min(start + size, active.values.count)]
            return part.reduce(0, +) / Double(part.count)
        }
        return ObserverComparison.View(
            observer: "average over \(span)", looks: averages.count, meanActive: mean,
            peakActive: averages.max() ?? mean, top: top, unseen: [])
    }

    func view(named name: String, of looks: [[String: Int]]) -> ObserverComparison.View {
        let counts = looks.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: +) }
        let total = counts.values.reduce(0, +)
        let top = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return ObserverComparison.View(
            observer: name, looks: looks.count,
            meanActive: looks.isEmpty ? 0 : Double(total) / Double(looks.count),
            peakActive: Double(looks.map { $0.values.reduce(0, +) }.max() ?? 0),
            top: top.map { ($0.key, Double($0.value) / Double(max(total, 1))) },
            unseen: sessions.filter { counts[$0.event] == nil })
    }
}
