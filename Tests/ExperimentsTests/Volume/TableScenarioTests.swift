import Instrumentation
import Testing

@testable import Experiments

/// A small pgbench database, and few transactions.
private let scenario = """
    {
      "name": "small", "repeats": 1, "server": {"version": "15"},
      "tables": {"pgbench": {"scale": 1, "fillfactor": 100}},
      "clients": {"count": 4, "transaction": "tpcb"},
      "phases": [{"name": "first", "transactions": 300}, {"name": "second", "transactions": 300}]
    }
    """

private func run(_ sets: String...) throws -> RunResult {
    let loaded = try loadScenario(text: scenario, file: "small.json", sets: sets)
    return try Experiment.runOnce(loaded, seed: 1)
}

extension SpanResult {
    fileprivate func count(_ type: String) -> UInt64 { walRecords.first { $0.type == type }?.count ?? 0 }
    fileprivate func imageBytes(_ type: String) -> UInt64 { walRecords.first { $0.type == type }?.fpiBytes ?? 0 }
    fileprivate var updatesElsewhere: UInt64 { count("Heap/UPDATE") + count("Heap/UPDATE+INIT") }
}

@Suite("Scenarios with tables")
struct TableScenarioTests {
    @Test("Each transaction updates three rows; one that leaves its page is logged as locked and has an index entry")
    func records() throws {
        let span = try run().whole
        let updates = span.count("Heap/HOT_UPDATE") + span.updatesElsewhere
        // Transactions that had begun at the end of the run are not counted as committed.
        #expect((span.commits * 3...(span.commits + 4) * 3).contains(updates))
        let entries = span.count("Btree/INSERT_LEAF") + span.count("Btree/SPLIT_L") + span.count("Btree/SPLIT_R")
        #expect(abs(Int(entries) - Int(span.updatesElsewhere)) <= 4)
        #expect(span.count("Heap/LOCK") + 4 >= span.updatesElsewhere)
        #expect(span.pgStatWAL.walFPI > 0)
        #expect(span.pgStatWAL.walBytes == span.walRecords.reduce(0) { $0 + $1.recordBytes + $1.fpiBytes })
    }

    @Test("Fewer pages are touched for the first time as time goes on, and more updates stay on their page")
    func phases() throws {
        let run = try run("phases=[{\"name\":\"a\",\"transactions\":900},{\"name\":\"b\",\"transactions\":900}]")
        #expect(run.phases[1].imageBytes("Heap/LOCK") < run.phases[0].imageBytes("Heap/LOCK") * 7 / 10)
        #expect(run.phases[1].count("Heap/HOT_UPDATE") > run.phases[0].count("Heap/HOT_UPDATE"))
        #expect(run.phases[1].count("Heap2/PRUNE") > run.phases[0].count("Heap2/PRUNE"))
    }

    @Test(
        "Room on pages makes updates HOT; compression shrinks images to what their ratio says; no images without them")
    func settings() throws {
        let full = try run().whole
        let roomy = try run("tables.pgbench.fillfactor=90").whole
        #expect(roomy.updatesElsewhere * 10 < full.updatesElsewhere)
        let compressed = try run("tables.pgbench.fillfactor=90", "server.settings.wal_compression=pglz").whole
        let ratio = Double(compressed.imageBytes("Heap/HOT_UPDATE")) / Double(roomy.imageBytes("Heap/HOT_UPDATE"))
        #expect((0.08...0.13).contains(ratio))
        #expect(try run("server.settings.full_page_writes=off").whole.pgStatWAL.walFPI == 0)
    }

    @Test("Nothing is pruned while old versions are kept by vacuum_defer_cleanup_age")
    func deferredCleanup() throws {
        let span = try run("server.settings.vacuum_defer_cleanup_age=100000").whole
        #expect(span.count("Heap2/PRUNE") == 0)
        #expect(span.updatesElsewhere > (try run().whole.updatesElsewhere))
    }

    @Test("Records have their release's names", arguments: [("9.6", "Heap2/CLEAN"), ("17", "Heap2/PRUNE_ON_ACCESS")])
    func names(release: String, type: String) throws {
        #expect(try run("server.version=\(release)").whole.count(type) > 0)
    }

    @Test("Tables of one's own: keys that come in order split the last leaf, hot rows meet")
    func ownTables() throws {
        let text = """
            {
              "repeats": 1, "duration": "50ms", "warmup": "0s",
              "tables": {
                "events": {"rows": 1090, "tuple_size": 60, "access": "append", "indexes": {"events_pkey": {}}},
                "counters": {"pages": 10, "tuple_size": 40, "access": {"hot": {"rows": 1, "share": 1.0}}},
                "words": {"rows": 5000, "access": {"zipf": {"exponent": 1.1}}},
              },
              "transactions": {"t": {"statements": [
                {"insert": "events", "times": 3}, {"update": "words"}, {"update": "counters"},
              ]}},
              "clients": {"count": 4, "transaction": "t"},
            }
            """
        let span = try Experiment.runOnce(try loadScenario(text: text, file: "own.json"), seed: 3).whole
        #expect(span.count("Btree/SPLIT_R") > 0 && span.count("Btree/SPLIT_L") == 0)
        // All transactions want one row: each waits for the one before and locks its version.
        #expect(span.count("Heap/LOCK") > span.commits / 2)
    }

    @Test("A table that does not exist is named, with the nearest one")
    func unknownTable() throws {
        let sets = [
            "transactions={\"t\":{\"statements\":[{\"update\":\"pgbench_acounts\"}]}}", "clients.transaction=t",
        ]
        let error = try #require(throws: InputError.self) {
            try loadScenario(text: scenario, file: "small.json", sets: sets)
        }
        #expect("\(error)".contains("unknown table") && "\(error)".contains("nearest: \"pgbench_accounts\""))
    }
}
