import Postgres
import SimTime
import Statistics
import Testing

@testable import Experiments

@Suite struct ScenarioReadingTests {
    @Test("The smallest scenario is filled with the documented defaults")
    func defaults() throws {
        let scenario = try load(minimalScenario)
        #expect(scenario.name == "test")
        #expect(scenario.seed == 1)
        #expect(scenario.duration == .seconds(30))
        #expect(scenario.warmup == .seconds(2))
        #expect(scenario.repeats == 5)
        #expect(scenario.release == .v16)
        #expect(scenario.settings == Settings())
        #expect(scenario.observe.sampleInterval == .milliseconds(10))
        #expect(scenario.observe.timelineInterval == .milliseconds(300))
        #expect(scenario.phases.isEmpty && scenario.events.isEmpty && scenario.thresholds.isEmpty)
        #expect(scenario.warnings.isEmpty)
    }

    @Test("Clients are closed, elsewhere, without think time, and run insert unless the scenario says otherwise")
    func clients() throws {
        let group = try load(minimalScenario).clients[0]
        #expect(group.name == "clients")
        #expect(group.place == .elsewhere)
        #expect(group.think == .zero)
        #expect(group.threads == 1)
        guard case .closed = group.load else {
            Issue.record("the load is not closed")
            return
        }
        let other = try load(
            minimalScenario, sets: ["clients.on=server", "clients.threads=20", "clients.think=2ms", "clients.name=x"])
        #expect(other.clients[0].place == .server)
        // As pgbench does, no more threads than connections.
        #expect(other.clients[0].threads == 8)
        #expect(other.clients[0].think == .microseconds(2000))
        #expect(other.clients[0].name == "x")
    }

    @Test("Built-in transactions are those of the measured table")
    func builtInTransactions() throws {
        let insert = try #require(try load(minimalScenario).transactions.first)
        #expect(insert.name == "insert")
        #expect(insert.statements.count == 1 && insert.statements[0].times == 1 && insert.statements[0].cpu == nil)
        let records = insert.statements[0].records
        #expect(records.map(\.type) == ["Sequence/LOG", "Heap/INSERT", "Btree/INSERT_LEAF", "Btree/SPLIT_R"])
        #expect(records.map(\.length) == [99, 119, 64, 728])
        #expect(records.map(\.every) == [32, 1, 1, 366])
        #expect(records.map(\.cpu.count) == [460, 1300, 900, 0])
        #expect(records.map(\.page) == ["t_id_seq", nil, "t_pkey leaf", "t_pkey leaf"])

        let sets = { (name: String) in ["clients.transaction=" + name] }
        #expect(try load(minimalScenario, sets: sets("insert10")).transactions[0].statements[0].times == 10)
        #expect(
            try load(minimalScenario, sets: sets("insert-wide")).transactions[0].statements[0].records[1].length == 1575
        )
        let message = try load(minimalScenario, sets: sets("logical-message")).transactions[0].statements[0].records
        #expect(message.map(\.length) == [8053] && message[0].page == nil)
    }

    @Test("Every built-in transaction can be read, and none is unlisted")
    func builtInNames() throws {
        for name in BuiltInTransactions.names {
            let sets = ["clients.transaction=" + name, "tables.pgbench.scale=1"]
            #expect(try load(minimalScenario, sets: sets).transactions.map(\.name) == [name])
        }
        #expect(BuiltInTransactions.named("tpcc") == nil)
    }

    @Test("A scenario's own transaction wins over a built-in one of its name, and groups find theirs")
    func ownTransactions() throws {
        let text = """
            {
              "clients": [{"count": 1, "transaction": "b"}, {"count": 2}],
              "transactions": {
                "insert": {"statements": [{"cpu": "5us", "records": [{"type": "Heap/INSERT", "length": 100}]}]},
                "b": {"statements": [{"name": "x", "times": 3}, {}]},
              },
            }
            """
        let scenario = try load(text)
        #expect(scenario.transactions.map(\.name) == ["insert", "b"])
        #expect(scenario.clients.map(\.transaction) == [1, 0])
        #expect(scenario.clients.map(\.name) == ["clients 1", "clients 2"])
        #expect(scenario.transactions[0].statements[0].cpu == .microseconds(5))
        #expect(scenario.transactions[0].statements[0].records[0].every == 1)
        #expect(scenario.transactions[1].statements.map(\.name) == ["x", "statement 2"])
        #expect(scenario.transactions[1].statements.map(\.times) == [3, 1])
    }

    @Test("A profile and an open load keep their rates")
    func loads() throws {
        let profile = #"clients.load={"profile":[["0s",200],["10s",5000],["12s",0]]}"#
        guard case .profile(let steps) = try load(minimalScenario, sets: [profile]).clients[0].load else {
            Issue.record("the load is no profile")
            return
        }
        #expect(steps.map(\.from) == [.zero, .seconds(10), .seconds(12)])
        #expect(steps.map(\.rate) == [200, 5000, 0])
    }

    @Test("A pgbench log gives the starts of its transactions, relative to the first")
    func replay() throws {
        // Completed at 28557 us after 3676 us, and so on; a skipped transaction has no start.
        let log = "2 4 3676 0 1795221960 28557 64\n1 2 1000 0 1795221960 27881\n0 3 skipped 0 1795221960 30000\n"
        let text = #"{"clients": {"count": 1, "load": {"replay": "logs/pgbench_log.1"}}}"#
        let scenario = try load(text, files: ["dir/logs/pgbench_log.1": log])
        guard case .replay(let starts) = scenario.clients[0].load else {
            Issue.record("the load is no replay")
            return
        }
        #expect(starts == [.zero, .microseconds(2000)])
        #expect(
            mistakes(text, files: ["dir/logs/pgbench_log.1": "1 2 3\n"]).first?
                .hasPrefix("dir/logs/pgbench_log.1: line 1: not a line of a pgbench transaction log") == true)
        #expect(mistakes(text, files: ["dir/logs/pgbench_log.1": "\n"]).count == 1)
        #expect(mistakes(text).first?.hasPrefix("dir/test.json: clients.load.replay: cannot read") == true)
    }

    @Test("A release is a number or a string")
    func releases() throws {
        #expect(try load(minimalScenario, sets: ["server.version=17"]).release == .v17)
        #expect(try load(minimalScenario, sets: ["server.version=\"15\""]).release == .v15)
        #expect(try load(minimalScenario, sets: ["server.version=9.6"]).release == .v96)
    }

    @Test("What has no effect is said in a warning")
    func warnings() throws {
        let scenario = try load(
            minimalScenario,
            sets: [
                "clients.threads=2", "clients.load.open.rate=5", "clients.think=1ms",
                "server.settings.work_mem=4GB",
                "server.settings.autovacuum_max_workers=5",
            ])
        #expect(
            scenario.warnings == [
                "server.settings: accepted, no effect in the model: autovacuum_max_workers, work_mem",
                "clients.threads: has no effect for clients elsewhere",
                "clients.think: has no effect with a load that is not closed",
            ])
    }
}
