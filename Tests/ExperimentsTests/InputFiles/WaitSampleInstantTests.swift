import Testing

@testable import Experiments

/// Which rows of samples belong to one instant, and how many clients they show.
@Suite struct WaitSampleInstantTests {
    /// A session in a sample; process ids are what matters.
    private struct Row {
        var micros: Int
        var pid: Int
    }

    private func samples(_ rows: [Row]) throws -> WaitSamples {
        let lines = rows.map { row in
            let fraction = String(1_000_000 + row.micros % 1_000_000).dropFirst()
            return "\(1_795_253_130 + row.micros / 1_000_000).\(fraction),\(row.pid),active,LWLock,WALWrite"
        }
        let text = (["sample_time,pid,state,wait_event_type,wait_event"] + lines).joined(separator: "\n")
        return try WaitSamples(SampleFiles.file(text: text + "\n"))
    }

    @Test("Rows of one query are one instant, though each has a time of its own") func oneInstant() throws {
        let samples = try WaitSamples(try SampleFiles.file("pg_stat_activity-once.csv"))
        #expect(samples.ticks.map(\.active) == [16] && samples.clients == 16 && samples.interval == nil)
        #expect(!samples.clientsAreUnknown)
    }

    @Test(
        "Who connects anew for each transaction counts once an instant", arguments: [0, 2, 40],
        [20_000, 1_000_000])
    func newProcesses(betweenRows: Int, betweenInstants: Int) throws {
        let samples = try samples(
            (0..<60).flatMap { tick in
                (0..<20).map { Row(micros: tick * betweenInstants + $0 * betweenRows, pid: 1 + 20 * tick + $0) }
            })
        #expect(samples.ticks.map(\.active) == Array(repeating: 20, count: 60))
        #expect(samples.clients == 20 && samples.clientsAreUnknown)
        let interval = Double(betweenInstants) / 1e6
        #expect(abs(try #require(samples.interval) / interval - 1) < 0.05)
    }

    @Test("A process id that is given out again by chance joins no instants") func reusedProcess() throws {
        let samples = try samples(
            (0..<60).flatMap { tick in
                (0..<5).map { Row(micros: tick * 1_000_000 + $0, pid: tick == 50 ? 1 + $0 : 100 * tick + 10 + $0) }
            } + [Row(micros: 60_000_000, pid: 1)])
        #expect(samples.ticks.count == 61 && samples.clients == 5)
        #expect(abs(try #require(samples.interval) - 1) < 1e-3)
    }

    @Test("Sessions that are rarely active leave instants apart") func rarelyActive() throws {
        // Each of 40 sessions is active at every tenth instant, four at a time.
        let samples = try samples(
            (0..<100).flatMap { tick in
                (0..<4).map { Row(micros: tick * 1_000_000 + $0, pid: tick % 10 * 4 + $0) }
            })
        #expect(samples.ticks.map(\.active) == Array(repeating: 4, count: 100))
        #expect(samples.clients == 40 && !samples.clientsAreUnknown)
    }
}
