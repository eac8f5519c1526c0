import Instrumentation
import Testing

@testable import Experiments

/// A database that little happens to for 50 s.
private func snapshots(load: String, _ settings: String) throws -> (logged: UInt64, writers: Int) {
    let text = """
        {
          "repeats": 1, "duration": "50s", "warmup": "0s", "server": {"version": "15", "settings": {\(settings)}},
          "tables": {"pgbench": {"scale": 1}},
          "clients": {"count": 2, "load": \(load), "transaction": "simple-update"}
        }
        """
    let run = try Experiment.runOnce(try loadScenario(text: text, file: "quiet.json"), seed: 1)
    let row = run.whole.walRecords.first { $0.type == "Standby/RUNNING_XACTS" }
    return (row?.count ?? 0, run.processes[.backgroundWriter] ?? 0)
}

@Suite("The background writer")
struct BackgroundWriterTests {
    @Test("Running transactions are logged every 15 s while anything else is")
    func busy() throws {
        let result = try snapshots(load: #"{"open": {"rate": 4}}"#, "")
        #expect(result.logged == 3 && result.writers == 1)
    }

    @Test("They are logged no more once nothing of note was logged since the last time")
    func idle() throws {
        #expect(try snapshots(load: #"{"profile": [["0s", 4], ["10s", 0]]}"#, "").logged == 1)
    }

    @Test("With wal_level = minimal nobody needs them")
    func minimal() throws {
        let result = try snapshots(load: #"{"open": {"rate": 4}}"#, #""wal_level": "minimal", "max_wal_senders": 0"#)
        #expect(result.logged == 0 && result.writers == 0)
    }
}
