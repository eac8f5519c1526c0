import Instrumentation
import SimTime
import Testing
import WaitEvents

@testable import Experiments

/// Sampling and the timeline against exact accounting, and what a long or a large run takes.
@Suite("Observation of a run")
struct ObservationTests {
    private func run(_ sets: String..., options: RunOptions = RunOptions()) throws -> RunResult {
        let text = """
            {"duration": "400ms", "warmup": "20ms", "repeats": 1, "clients": {"count": 8},
             "host": {"storage": {"wal": {"sync": {"lognormal": {"mean": "700us", "sigma": 0.4}}}}},
             "observe": {"sample_interval": "100us"}}
            """
        return try Experiment.runOnce(try load(text, sets: sets), seed: 1, options: options)
    }

    @Test("Sampling often enough finds the sessions that exact accounting knows of")
    func samplingAgrees() throws {
        let run = try run()
        for row in run.whole.waitEvents where row.backendType == .clientBackend {
            let counted = run.sessionCounts.filter { $0.backendType == .clientBackend && $0.event == row.event }
            let sampled = counted.reduce(0) { $0 + Double($1.sessions) * Double($1.samples) } / 4_000
            let exact = Double(row.total.count) / Double(run.whole.span.count)
            #expect(abs(sampled - exact) < 0.02 * exact + 0.02, "\(row.event?.description ?? "none")")
        }
    }

    @Test("At each sample the sessions of all events are the processes")
    func samplesCoverSessions() throws {
        let run = try run()
        // Every sample finds some number of backends without an event.
        let ofBackends = run.sessionCounts.filter { $0.backendType == .clientBackend && $0.event == nil }
        let samples = ofBackends.reduce(0) { $0 + $1.samples }
        for (type, count) in run.processes {
            let rows = run.sessionCounts.filter { $0.backendType == type }
            // Of an event those samples count too that found nobody in it, also before the first that did.
            for event in Set(rows.map(\.event)) {
                #expect(rows.filter { $0.event == event }.reduce(0) { $0 + $1.samples } == samples)
            }
            let sessions = rows.reduce(0) { $0 + UInt64($1.sessions) * $1.samples }
            #expect(sessions == samples * UInt64(count))
        }
    }

    @Test("Streamed samples are the ones that were counted, at multiples of the interval")
    func streamedSamples() throws {
        let streamed = Collected<SessionSample>()
        let run = try run("duration=20ms", options: RunOptions(onSample: { streamed.append($0) }))
        let samples = streamed.all
        #expect(samples.allSatisfy { $0.at.count % 100_000 == 0 && $0.at > .zero && $0.at <= run.whole.span })
        #expect(samples.allSatisfy { $0.seed == 1 })
        let waiting = samples.filter { $0.backendType == .clientBackend && $0.event?.description == "LWLock:WALWrite" }
        let counted = run.sessionCounts.filter {
            $0.backendType == .clientBackend && $0.event?.description == "LWLock:WALWrite"
        }
        #expect(UInt64(waiting.count) == counted.reduce(0) { $0 + UInt64($1.sessions) * $1.samples })
        #expect(!waiting.isEmpty)
    }

    @Test("The timeline adds up to the whole, whatever events the release reports", arguments: ["9.6", "16", "18"])
    func timelineAddsUp(release: String) throws {
        let run = try run("observe.timeline_interval=10ms", "server.version=\"\(release)\"")
        let series = try #require(run.timeline.series.first { $0.metric == "tps" })
        let transactions = series.values.reduce(0) { $0 + ($1 ?? 0) * run.timeline.interval.seconds }
        #expect(series.values.count == 40)
        #expect(abs(transactions - Double(run.whole.transactions)) < 1e-6 * transactions + 1)
        let sessions = run.timeline.series.filter { $0.metric.hasPrefix("active_sessions:") }
        for interval in 0..<40 {
            let sum = sessions.reduce(0) { $0 + ($1.values[interval] ?? 0) }
            #expect(abs(sum - 8) < 1e-9)
        }
    }

    @Test("A longer run has no more intervals, they are longer", arguments: [500, 1_000, 1_001, 3_500])
    func timelineIsBounded(ticks: Int) throws {
        let run = try run(
            "clients.count=1", "duration=\(ticks)ms", "observe.timeline_interval=1ms", "observe.sample_interval=1s",
            #"clients.think={"constant":"5ms"}"#)
        let series = try #require(run.timeline.series.first { $0.metric == "tps" })
        #expect(series.values.count <= 1_000)
        #expect(series.values.count > 400)
        let covered = run.timeline.interval * Int64(series.values.count)
        #expect(covered >= .milliseconds(Int64(ticks)))
        #expect(covered < .milliseconds(Int64(ticks)) + run.timeline.interval)
    }

    @Test("A result does not grow with simulated time")
    func resultIsBounded() throws {
        func size(_ run: RunResult) -> Int {
            run.sessionCounts.count + run.whole.waitEvents.count + run.whole.attribution.count
                + run.timeline.series.reduce(0) { $0 + $1.values.count }
        }
        let (short, long) = (try run("duration=200ms"), try run("duration=2s"))
        #expect(Double(size(long)) < 1.1 * Double(size(short)))
        #expect(long.whole.transactions > 8 * short.whole.transactions)
    }

    @Test("Ten thousand clients run")
    func manyClients() throws {
        let run = try run(
            "clients.count=10000", "duration=5ms", "warmup=0s", "host.cores=64", "observe.sample_interval=1ms",
            #"clients.load={"open":{"rate":200000}}"#)
        #expect(run.processes[.clientBackend] == 10_000)
        #expect(run.whole.accountsForAll(run))
        #expect(run.whole.commits > 100)
    }
}
