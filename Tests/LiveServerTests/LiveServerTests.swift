import CLibPQ
import Experiments
import Testing

@testable import LiveServer

/// What becomes of the rows that a server sends, and of what libpq says; no server is needed.
@Suite("A live server") struct LiveServerTests {
    @Test("Rows of sessions become instants: idle ones are clients but not active, no event is (none)")
    func samples() {
        var sessions = SessionSamples()
        sessions.add([
            ["7", "active", "LWLock", "WALWriteLock"], ["8", "active", nil, nil],
            ["9", "idle", "Client", "ClientRead"],
        ])
        sessions.add([["7", "active", "IO", "WALSync"], ["8", "idle in transaction", "Client", "ClientRead"]])
        let samples = sessions.samples(seconds: 4)
        #expect(samples.ticks.map(\.sessions) == [["LWLock:WALWrite": 1, "(none)": 1], ["IO:WALSync": 1]])
        #expect(samples.clients == 3 && samples.interval == 2 && !sessions.areHidden)
    }

    @Test("Sessions whose states a role may not see are hidden; nobody there is not") func hidden() {
        var sessions = SessionSamples()
        sessions.add([])
        #expect(!sessions.areHidden)
        sessions.add([["7", nil, nil, nil], ["8", nil, nil, nil]])
        #expect(sessions.areHidden)
        sessions.add([["9", "active", nil, nil]])
        #expect(!sessions.areHidden)
    }

    @Test("Counters at both ends become what was done between them, in the units of the observation") func counters() {
        var (before, after) = (ServerCounters(), ServerCounters())
        let names = ["records", "images", "bytes", "syncs", "sync_ms"]
        before.take(["commits"], ["100"])
        before.take(names, ["10", "1", "1000", "50", "100.5"])
        after.take(["commits"], ["350"])
        after.take(names, ["760", "3", "92000", "20", "160.5"])
        let observation = ServerObservation(
            version: 150_018, settings: [], waits: SessionSamples().samples(seconds: 1), seconds: 5,
            counters: (before, after), localCores: nil)
        #expect(observation.commits == 250 && observation.walRecords == 750 && observation.walBytes == 91_000)
        #expect(observation.walImages == 2 && observation.walSyncTime == 60e6)
        // Reset in the meantime: not known.
        #expect(observation.walSyncs == nil)
    }

    @Test("NULL and what a release lacks are not counted") func missing() {
        var (before, after) = (ServerCounters(), ServerCounters())
        before.take(["syncs"], [nil])
        after.take(["syncs"], ["3"])
        #expect(after.moved("syncs", since: before) == nil && after.moved("bytes", since: before) == nil)
        #expect(ServerCounters.queries(version: 130_011).map(\.names) == [["commits"]])
        for version in [140_000, 170_002, 180_000] {
            let queries = ServerCounters.queries(version: version)
            #expect(Set(queries.flatMap(\.names)).isSuperset(of: ["commits", "bytes", "syncs", "sync_ms"]))
            for (names, query) in queries { #expect(query.split(separator: ",").count == names.count) }
        }
    }

    @Test("libpq's messages become one line, its advice in parentheses") func messages() {
        let error = ServerError(
            "connection to server at \"db\" (10.0.0.7), port 5432 failed: Connection refused\n"
                + "\tIs the server running on that host and accepting TCP/IP connections?\n")
        #expect(
            error.description
                == "connection to server at \"db\" (10.0.0.7), port 5432 failed: Connection refused "
                + "(Is the server running on that host and accepting TCP/IP connections?)")
        #expect(ServerError("FATAL:  no such role\n").description == "FATAL:  no such role")
    }

    @Test(
        "Where no server answers the error names host and port and what to look at",
        .enabled(if: walsim_libpq_is_built_in()))
    func refused() {
        // The privileged port 1 on the loopback interface: nobody listens there.
        #expect {
            _ = try ServerSampler("host=127.0.0.1 port=1 connect_timeout=5")
        } throws: { error in
            let text = "\(error)"
            return text.contains("127.0.0.1") && text.contains("port 1 failed") && text.hasSuffix("connections?)")
                && !text.contains("\n")
        }
    }

    @Test("A connection string that libpq does not know names the option", .enabled(if: walsim_libpq_is_built_in()))
    func option() {
        #expect { _ = try ServerSampler("hosst=x") } throws: { "\($0)".contains("\"hosst\"") }
    }
}
