import DiscreteEvent
import HostModel
import Instrumentation
import Postgres
import SimTime
import Statistics
import WaitEvents

/// One repeat of a scenario on the simulated machine: warm-up, the measured window with its phases, and the drain.
final class SimulatedRun {
    let scenario: Scenario
    private let seed: UInt64
    private let options: RunOptions
    let cluster: SimulatedCluster
    private let observer: (any RunObserver)?
    private let sampler: SessionSampler
    private var timeline: TimelineBuilder!
    private var detail: TimelineBuilder?
    private var spanStart: Recorder.SpanStart!
    private var spans: [SpanResult] = []
    /// Completed transactions in the present phase.
    private var completedInPhase: UInt64 = 0
    private var windowHasBegun = false
    private(set) var hasEnded = false
    private var wasInterrupted = false
    private var standstill: StandstillWatch
    private var longestGap = Nanoseconds.zero

    private var kernel: Kernel { cluster.simulation.kernel }
    /// t = 0.
    var start: Instant { .zero + scenario.warmup }

    init(_ scenario: Scenario, seed: UInt64, options: RunOptions) {
        self.scenario = scenario
        self.seed = seed
        self.options = options
        observer = options.makeObserver?(seed)
        standstill = StandstillWatch(scenario)
        cluster = SimulatedCluster(scenario.clusterSpec(seed: seed), observer: observer)
        observer?.runBegins(cluster.facts(start: .zero + scenario.warmup))
        sampler = SessionSampler(cluster.recorder, onSample: Self.forward(cluster, scenario, seed, options))
        cluster.simulation.describeBlocked = { [unowned cluster] in cluster.describe($0) }
    }

    private static func forward(
        _ cluster: SimulatedCluster, _ scenario: Scenario, _ seed: UInt64, _ options: RunOptions
    ) -> ((Int, WaitEvent) -> Void)? {
        guard let onSample = options.onSample else { return nil }
        let kernel = cluster.simulation.kernel
        let recorder = cluster.recorder
        return { process, event in
            onSample(
                SessionSample(
                    seed: seed, at: kernel.now - (.zero + scenario.warmup), process: process,
                    backendType: recorder.backendType(of: process),
                    event: event.name(in: scenario.release)))
        }
    }

    /// Runs to the end.
    ///
    /// - Throws: `Deadlock`, which names every process and what it waits for.
    func run() throws(Deadlock) -> RunResult {
        if let pause = scenario.checkpointPause { schedulePause(of: pause) }
        schedule("begin", at: start) { [unowned self] in beginWindow() }
        for (index, phase) in scenario.phases.enumerated() {
            guard case .until(let end) = phase.end else { continue }
            schedule("end of phase \(index)", at: start + end) { [unowned self] in endPhase(index) }
        }
        if let duration = scenario.duration {
            schedule("end", at: start + duration) { [unowned self] in endWindow() }
        }
        for event in scenario.events {
            schedule("event", at: start + event.at) { [unowned self] in perform(event.action) }
        }
        // Only phases that count transactions, and the watch over them, ask for each one.
        if scenario.duration == nil || scenario.phases.contains(where: \.countsTransactions) {
            cluster.onCompletion = { [unowned self] in completed() }
        }
        every(scenario.observe.sampleInterval, "sample") { [unowned self] in sampler.sample() }
        every(scenario.observe.timelineInterval, "timeline") { [unowned self] in timeline.tick(kernel.now) }
        if let interval = options.detailInterval {
            every(interval, "detail") { [unowned self] in detail?.tick(kernel.now) }
        }
        every(Self.watchInterval, "watch", from: .zero) { [unowned self] in watch() }
        try cluster.run()
        // Should all processes leave before the end, what there was until then is the result.
        endWindow()
        return result()
    }

    /// How often in virtual time the run looks whether it should stop.
    private static var watchInterval: Nanoseconds { .milliseconds(20) }

    // Handlers belong to the simulation, which belongs to this run: they must not own it in turn.
    func schedule(_ name: String, at instant: Instant, _ body: @escaping () -> Void) {
        kernel.schedule(cluster.simulation.addHandler(name, body), at: instant)
    }

    /// Calls `body` at every interval from an instant on, by default t = 0, until the measured window ends.
    private func every(
        _ interval: Nanoseconds, _ name: String, from first: Instant? = nil, _ body: @escaping () -> Void
    ) {
        let ticker = Ticker()
        ticker.handler = cluster.simulation.addHandler(name) { [unowned self, ticker] in
            if hasEnded { return }
            body()
            kernel.schedule(ticker.handler!, at: kernel.now + interval)
        }
        kernel.schedule(ticker.handler!, at: (first ?? start) + interval)
    }

    /// Lets a handler know itself.
    private final class Ticker {
        var handler: ProcessID?
    }

    // MARK: The window

    private func beginWindow() {
        // A run that is interrupted in its warm-up has an empty window already.
        guard !windowHasBegun else { return }
        let now = kernel.now
        windowHasBegun = true
        cluster.recorder.beginWindow(now)
        observer?.windowBegins(now)
        spanStart = cluster.recorder.beginSpan(now)
        timeline = TimelineBuilder(cluster.recorder, interval: scenario.observe.timelineInterval, now)
        detail = options.detailInterval.map { TimelineBuilder(cluster.recorder, interval: $0, now) }
        beginPhase(0)
    }

    private func completed() {
        standstill.completed(kernel.now)
        guard windowHasBegun, !hasEnded, spans.count < scenario.phases.count,
            case .transactions(let count) = scenario.phases[spans.count].end
        else { return }
        completedInPhase += 1
        guard completedInPhase >= count else { return }
        completePhase(spans.count)
    }

    /// Ends a phase that is over by itself, and with the last one the measured window.
    func completePhase(_ index: Int) {
        if index + 1 == scenario.phases.count { endWindow() } else { endPhase(index) }
    }

    private func endPhase(_ index: Int) {
        guard !hasEnded, index == spans.count else { return }
        let now = kernel.now
        spans.append(cluster.recorder.endSpan(spanStart, named: scenario.phases[index].name, now))
        completedInPhase = 0
        spanStart = cluster.recorder.beginSpan(now)
        beginPhase(index + 1)
    }

    private func endWindow() {
        guard !hasEnded else { return }
        let now = kernel.now
        beginWindow()
        hasEnded = true
        observer?.windowEnds(now)
        let name = spans.count < scenario.phases.count ? scenario.phases[spans.count].name : SpanResult.wholeName
        spans.append(cluster.recorder.endSpan(spanStart, named: name, now))
        longestGap = cluster.recorder.longestCommitGap(now)
        timeline.finish(now)
        detail?.finish(now)
        cluster.stop()
    }

    private func perform(_ action: EventSpec.Action) {
        switch action {
        case .set(let settings): cluster.reload(settings)
        case .checkpoint: cluster.requestCheckpoint()
        case .stopStandby(let name): cluster.stopStandby(name)
        case .startStandby(let name): cluster.startStandby(name)
        case .cancel(let count): cluster.cancelWaiting(count)
        }
    }

    private func watch() {
        if let duration = scenario.duration {
            options.onProgress?((max(kernel.now, start) - start).seconds / max(duration.seconds, 1e-9))
        }
        // Phases that count transactions would wait for ever for more of them.
        if scenario.duration == nil && cluster.isExhausted { endWindow() }
        if standstill.look(at: cluster, phase: spans.count, kernel.now) { endWindow() }
        guard options.shouldStop?() == true else { return }
        wasInterrupted = true
        endWindow()
    }

    private func result() -> RunResult {
        var whole = spans[0]
        for span in spans.dropFirst() { whole.pool(span) }
        whole.name = SpanResult.wholeName
        whole.longestCommitGap = longestGap
        var result = RunResult(
            seed: seed, digest: cluster.simulation.digest, wakeups: cluster.simulation.wakeups,
            release: scenario.release, processes: cluster.recorder.processCounts, whole: whole,
            phases: scenario.phases.isEmpty ? [] : spans.filter { $0.name != SpanResult.wholeName },
            timeline: timeline.timeline(), detail: detail?.timeline(),
            sessionCounts: sampler.rows(), interrupted: wasInterrupted)
        result.standstill = standstill.reason
        return result
    }
}
