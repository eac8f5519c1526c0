import Instrumentation
import SimTime
import Testing

@testable import Experiments

/// Few transactions over 5.5 s, the last of them at 3 s.
private func run(_ sets: String...) throws -> RunResult {
    let text = """
        {
          "repeats": 1, "duration": "5500ms", "warmup": "0s", "server": {"version": "16"},
          "clients": {"count": 2, "load": {"profile": [["0s", 40], ["3s", 0]]}}
        }
        """
    return try Experiment.runOnce(try loadScenario(text: text, file: "quiet.json", sets: sets), seed: 1)
}

@Suite("archive_timeout in a run")
struct ArchiveTimeoutTests {
    @Test("Every second a segment is ended while anything is logged: the WAL's length is mostly waste")
    func switches() throws {
        let span = try run("server.settings.archive_timeout=1s").whole
        let row = try #require(span.walRecords.first { $0.type == "XLOG/SWITCH" })
        #expect(row.count == 3 && row.recordBytes == 3 * 24 && row.fpiBytes == 0)
        #expect(span.walBytes > 3 * (16 << 20) * 9 / 10 && span.walBytes <= 3 * (16 << 20))
        #expect(span.pgStatWAL.walBytes < 1 << 20)
    }

    @Test("Off, which is the default, it changes nothing")
    func off() throws {
        let (plain, off) = (try run(), try run("server.settings.archive_timeout=0"))
        #expect(plain.digest == off.digest)
        #expect(!plain.whole.walRecords.contains { $0.type == "XLOG/SWITCH" && $0.count > 0 })
    }

    @Test("With it on, every invariant of WAL, locks and buffers holds, with few buffers too")
    func invariants() throws {
        let scenario = try loadScenario(
            text: """
                {
                  "duration": "2200ms", "warmup": "0s",
                  "server": {"settings": {"archive_timeout": 1, "wal_segment_size": "1MB", "wal_buffers": "64kB"}},
                  "clients": {"count": 2, "load": {"open": {"rate": 30}}}
                }
                """, file: "switch.json")
        for schedule in 1...2 as ClosedRange<UInt64> {
            let id = ScheduleID(scenario: 1, schedule: schedule)
            let outcome = ScheduleCheck(id, of: scenario, longest: .seconds(3)).run()
            #expect(outcome.broken == nil && outcome.commits > 0)
        }
    }
}
