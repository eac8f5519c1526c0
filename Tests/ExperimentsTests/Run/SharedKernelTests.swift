import Instrumentation
import SimTime
import Testing

@testable import Experiments

/// What servers on one old kernel do to each other.
@Suite("The mutex that servers on one kernel share")
struct SharedKernelTests {
    /// Transactions a second with a synchronous standby and a mutex that is held for 20 us.
    private func tps(_ sets: String...) throws -> Double {
        let text = """
            {
              "duration": "40ms", "warmup": "20ms", "repeats": 1,
              "server": {
                "version": "9.6",
                "settings": {"synchronous_standby_names": "s", "wal_level": "replica", "max_wal_senders": 4}
              },
              "host": {
                "cores": 128, "storage": {"wal": {"sync": {"constant": "50us"}}},
                "kernel": {"event_set_mutex": {"hold": "20us", "spin": "5us"}}
              },
              "standbys": [{"name": "s", "on": "elsewhere"}],
              "transactions": {"one": {"statements": [{"records": [{"type": "Heap/INSERT", "length": 96}]}]}},
              "clients": {"count": 24, "transaction": "one"}
            }
            """
        let span = try Experiment.runOnce(load(text, sets: sets), seed: 1).whole
        return Double(span.transactions) / span.span.seconds
    }

    @Test("Every commit that waits for a standby takes it three times")
    func bound() throws {
        // 60 us a commit; the walsender takes it too, and every sleeper has to be woken first.
        let found = try tps()
        #expect(found < 1e6 / 60)
        #expect(found > 1e6 / 300)
        #expect(try tps("host.kernel={}") > 2 * found)
    }

    @Test("Two servers on one kernel do no more together than one; in two guests each does as much as alone")
    func sharing() throws {
        let one = try tps()
        let two = try tps("instances=2")
        let guests = try tps("instances=2", "host.guests=2")
        #expect(two < 1.25 * one)
        #expect(guests > 1.7 * one)
    }

    @Test("Releases that keep their event sets do not need it")
    func newerReleases() throws {
        #expect(try tps("server.version=15") > 2 * tps())
    }
}
