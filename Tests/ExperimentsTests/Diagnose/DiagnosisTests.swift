import Testing

@testable import Experiments

@Suite struct DiagnosisTests {
    private static let short = ["duration=600ms", "warmup=50ms", "observe.timeline_interval=100ms", "phases=[]"]

    private static func incidents(_ names: [String], seed: UInt64) throws -> [SimulatedIncident] {
        try names.flatMap { name in
            try SimulatedIncident.simulate(loadScenario(named: name, sets: short, seed: seed))
        }
    }

    @Test("Samples of a scenario with another seed are nearest to that scenario") func ownSamples() throws {
        let names = ["steady-commit", "commit-delay", "small-wal-buffers"]
        let incidents = try Self.incidents(names, seed: 1)
        #expect(incidents.map(\.scenario) == names)
        for name in names {
            let scenario = try loadScenario(named: name, sets: Self.short, seed: 77)
            let ticks = TickRecorder()
            _ = try Experiment.runOnce(scenario, seed: 77, options: RunOptions(onSample: { ticks.take($0) }))
            let diagnosis = Diagnosis(try ticks.samples(), incidents: incidents)
            #expect(diagnosis.candidates[0].incident.scenario == name)
            #expect(diagnosis.candidates[0].distance < 0.2)
            #expect(try #require(diagnosis.candidates[0].support) > 0.7)
        }
    }

    @Test("Measured samples of 32 clients without commit_delay are told from those with it") func measured() throws {
        let samples = try WaitSamples([try SampleFiles.file("pg_stat_activity.csv")])
        let incidents = try Self.incidents(["commit-delay", "steady-commit", "small-wal-buffers"], seed: 1)
        let diagnosis = Diagnosis(samples, incidents: incidents)
        #expect(diagnosis.candidates.map(\.incident.scenario).first == "steady-commit")
        #expect(diagnosis.candidates.last?.incident.scenario == "small-wal-buffers")
        let test = try #require(diagnosis.test)
        #expect(test.first == "steady-commit" && test.second == "commit-delay")
        let (expected, threshold) = (try #require(test.expected), try #require(test.threshold))
        #expect(min(expected.first, expected.second) < threshold && threshold < max(expected.first, expected.second))
    }

    @Test("A profile has no instants: only its events count") func profile() throws {
        let samples = try WaitSamples([try SampleFiles.file("pg_wait_sampling_profile.csv")])
        let diagnosis = Diagnosis(samples, incidents: try Self.incidents(["steady-commit"], seed: 1))
        #expect(diagnosis.candidates[0].support == nil && diagnosis.test == nil)
        #expect(diagnosis.candidates[0].distance < 0.4)
    }

    @Test("The distance is 0 to itself, 1 to nothing in common, symmetric, and obeys the triangle inequality")
    func metric() {
        func signature(_ sessions: [[String: Int]]) -> WaitSignature {
            WaitSignature(WaitSamples(ticks: sessions.map { .init(sessions: $0) }, clients: 0, interval: nil))
        }
        let a = signature([["IO:WALSync": 1, "LWLock:WALWrite": 7], ["IO:WALSync": 1, "LWLock:WALWrite": 6]])
        let b = signature([["IO:WALSync": 1, "LWLock:WALWrite": 3], ["(none)": 1, "LWLock:WALWrite": 3]])
        let c = signature([["Lock:tuple": 4]])
        #expect(a.distance(to: a) == 0 && a.distance(to: c) == 1)
        #expect(a.distance(to: b) == b.distance(to: a) && a.distance(to: b) > 0.1)
        #expect(a.distance(to: c) <= a.distance(to: b) + b.distance(to: c))
    }

    @Test("What resembles no incident is said to") func far() throws {
        let incidents = try Self.incidents(["steady-commit"], seed: 1)
        let near = Diagnosis(try WaitSamples([try SampleFiles.file("pg_stat_activity.csv")]), incidents: incidents)
        let text = "pid,ts,event_type,event\n1,2026-11-21 00:00:00,IO,DataFileRead\n"
        let far = Diagnosis(try WaitSamples([SampleFiles.file(text: text)]), incidents: incidents)
        #expect(near.resembles && !far.resembles)
    }

    @Test("Columns that are swapped are found, and what only a fork of PostgreSQL has is taken") func swapped() throws {
        let swapped = "pid,ts,event_type,event\n1,2026-11-21 00:00:00,WALWrite,LWLock\n"
        let problem = SampleFiles.problem { _ = try WaitSamples([SampleFiles.file(text: swapped)]) }
        #expect(
            problem?.contains("line 2: the columns of the event and its type are swapped") == true, "\(problem ?? "")")
        let fork = "pid,ts,event_type,event\n1,2026-11-21 00:00:00,Forked,LWLockish\n"
        #expect(try WaitSamples([SampleFiles.file(text: fork)]).totals.keys.contains("Forked:LWLockish"))
    }

    @Test("Samples in which nobody is active are refused") func idle() {
        let file = SampleFiles.file(text: "pid,ts,event_type,event\n1,2026-11-21 00:00:00,Client,ClientRead\n")
        #expect(throws: InputError.self) { try WaitSamples([file]) }
    }
}

/// Writes samples as `samples.csv` does and reads them back.
private final class TickRecorder: @unchecked Sendable {
    private var text = "pid,ts,event_type,event,backend_type\n"

    func take(_ sample: SessionSample) {
        let event = sample.event.map { "\($0.type.rawValue),\($0.event)" } ?? ","
        text += "\(sample.process),\(sample.at.seconds),\(event),\(sample.backendType.name)\n"
    }

    func samples() throws -> WaitSamples { try WaitSamples([SampleFiles.file(text: text)]) }
}
