import Testing

@testable import Experiments

/// Every mistake has a message that names the place, the value seen, what is allowed and the nearest valid choice.
@Suite struct ScenarioMistakeTests {
    @Test("A text that is no JSON is an error with its line")
    func notJSON() {
        #expect(
            mistakes("{\n\"clients\": {\"count\" 8}}")
                == ["dir/test.json: line 2: expected ':' after key \"count\", found '8'"])
        #expect(mistakes("hello").count == 1)
        let list = mistakes("[]")
        let allowed = "(seen [] in line 1; allowed: an object with keys $schema, name, description, seed, duration, "
        #expect(list.count == 1 && list[0].hasPrefix("dir/test.json: a list does not fit here " + allowed))
    }

    @Test("An unknown key is an error with the nearest one")
    func unknownKey() {
        let misspelt = mistakes("{\"clients\": {\n\"cuont\": 8, \"count\": 8}}")
        #expect(misspelt.count == 1)
        #expect(
            misspelt[0].hasPrefix(
                "dir/test.json: clients.cuont: unknown key \"cuont\" (in line 2; allowed: name, count, load, think, "
                    + "transaction, on, threads"))
        #expect(misspelt[0].hasSuffix("; nearest: \"count\")"))
        let lines = mistakes(#"{"clients": {"count": 8}, "pools": {}, "shards": []}"#)
        #expect(lines.count == 2 && lines.allSatisfy { $0.contains("unknown key") })
    }

    @Test("A missing key is an error that says what belongs there")
    func missingKey() {
        #expect(
            mistakes("{\"clients\": {}}") == [
                "dir/test.json: clients: key \"count\" is missing (allowed: whole numbers from 1 to 262142; in line 1)"
            ])
    }

    @Test("All problems of a scenario are reported at once")
    func several() {
        let lines = mistakes(#"{"duration": "5x", "repeats": 0, "clients": {"count": -1, "load": "opne"}, "seeds": 1}"#)
        #expect(lines.count == 5)
    }

    @Test(
        "Durations need a known unit, and a sign that makes sense",
        arguments: [
            ("duration=5sec", "unknown unit \"sec\" (seen \"5sec\" in --set; "),
            ("duration=5S", "unknown unit \"S\" (seen \"5S\" in --set; "),
            ("duration=5", "a duration needs a unit (seen 5 in --set; "),
            ("duration=-5s", "must not be negative (seen \"-5s\" in --set; "),
            ("duration=0s", "out of range (seen \"0s\" in --set; allowed: durations from 1ns to 8760h"),
            ("duration=9000h", "out of range (seen \"9000h\" in --set; "),
            ("duration=999999999999999999h", "out of range"),
            ("duration=soon", "not a duration (seen \"soon\" in --set; "),
            ("duration=true", "a Boolean does not fit here (seen true in --set; "),
            ("warmup=-1ns", "must not be negative"),
        ])
    func durations(_ set: String, _ message: String) throws {
        let path = try #require(set.split(separator: "=").first)
        let lines = mistakes(sets: set)
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("dir/test.json: \(path): \(message)") == true, "\(lines)")
    }

    @Test("The nearest unit is named")
    func nearestUnit() {
        #expect(mistakes(sets: "duration=5MS").first?.hasSuffix("; nearest: \"ms\")") == true)
    }

    @Test(
        "Absurd sizes are refused",
        arguments: [
            (
                "clients.count=1000000000",
                "clients.count: out of range (seen 1000000000 in --set; allowed: whole numbers from 1 to 262142)"
            ),
            ("clients.count=262143", "clients.count: out of range"),
            ("clients.count=0", "clients.count: out of range"),
            ("clients.count=-1", "clients.count: must not be negative"),
            ("clients.count=99999999999999999999", "clients.count: out of range"),
            ("clients.count=1.5", "clients.count: not a whole number"),
            ("clients.count=1e-30", "clients.count: not a whole number"),
            ("clients.count=\"8\"", "clients.count: a string does not fit here"),
            ("host.cores=4097", "host.cores: out of range"),
            ("host.cores=0", "host.cores: out of range"),
            ("repeats=0", "repeats: out of range"),
            ("seed=-1", "seed: must not be negative"),
            ("clients.load={\"open\":{\"rate\":-5}}", "clients.load.open.rate: out of range"),
            ("clients.load={\"open\":{\"rate\":1e999}}", "clients.load.open.rate: out of range"),
            ("host.cpu.jitter=1.5", "host.cpu.jitter: out of range"),
            ("observe.sample_interval=1ns", "observe.sample_interval: out of range"),
        ])
    func sizes(_ set: String, _ message: String) {
        let lines = mistakes(sets: set)
        #expect(lines.count == 1 && lines[0].hasPrefix("dir/test.json: " + message), "\(lines)")
    }

    @Test("The largest number of clients is allowed, over all groups together")
    func largest() throws {
        #expect(try load(minimalScenario, sets: ["clients.count=262142"]).clients[0].count == 262_142)
        let groups = #"{"clients": [{"count": 262142}, {"count": 1}]}"#
        #expect(
            mistakes(groups) == [
                "dir/test.json: clients: too many clients in all groups (seen 262143; allowed: at most 262142)"
            ])
    }

    @Test(
        "Transactions must do something, and their records must be records",
        arguments: [
            (#"{"statements": []}"#, "transactions.insert.statements: must not be empty (seen 0 elements in --set; "),
            ("{}", "transactions.insert: key \"statements\" is missing"),
            (#"{"statements": [{"times": 0}]}"#, "transactions.insert.statements.0.times: out of range"),
            (
                #"{"statements": [{"records": [{"type": "Heap/INSERT", "length": 23}]}]}"#,
                "transactions.insert.statements.0.records.0.length: out of range (seen 23 in --set; allowed: "
                    + "whole numbers from 24 to 1048576)"
            ),
            (
                #"{"statements": [{"records": [{"type": "Heap", "length": 24}]}]}"#,
                "transactions.insert.statements.0.records.0.type: not a record type (seen \"Heap\""
            ),
        ])
    func transactions(_ value: String, _ message: String) {
        let lines = mistakes(sets: "transactions.insert=" + value)
        #expect(lines.count == 1 && lines[0].hasPrefix("dir/test.json: " + message), "\(lines)")
    }

    @Test("An unknown transaction is an error that lists those there are")
    func unknownTransaction() {
        #expect(
            mistakes(sets: "clients.transaction=insrt") == [
                "dir/test.json: clients.transaction: unknown transaction (seen \"insrt\" in --set; allowed: insert, "
                    + "insert-wide, insert10, logical-message, select-only, simple-update, tpcb, tpcb-like; "
                    + "nearest: \"insert\")"
            ])
    }

    @Test("Settings are refused in PostgreSQL's words")
    func settings() {
        #expect(
            mistakes("{\"clients\": {\"count\": 1}, \"server\": {\"settings\": {\n\"commit_delay\": 200000}}}") == [
                "dir/test.json: server.settings.commit_delay: 200000 is outside the valid range for parameter "
                    + "\"commit_delay\" (0 .. 100000) (seen 200000 in line 2)"
            ])
        #expect(
            mistakes(sets: "server.settings.comit_delay=1") == [
                "dir/test.json: server.settings.comit_delay: unrecognized configuration parameter \"comit_delay\" "
                    + "(in --set; nearest: \"commit_delay\")"
            ])
        #expect(mistakes(sets: "server.settings.wal_segment_size=3MB").count == 1)
    }

    @Test(
        "A release that is not simulated is an error that lists those that are and names the nearest",
        arguments: [
            ("14", "15"), ("12", "15"), ("11", "9.6"), ("\"9.4\"", "9.6"), ("8", "9.6"), ("16.2", "16"), ("99", "18"),
            ("\"sixteen\"", nil), ("\".\"", nil),
        ])
    func releases(version: String, nearest: String?) {
        let note = nearest.map { "; nearest: \"\($0)\"" } ?? ""
        #expect(
            mistakes(sets: "server.version=" + version) == [
                "dir/test.json: server.version: this release is not simulated "
                    + "(seen \(version) in --set; allowed: 9.6, 15, 16, 17, 18\(note))"
            ])
    }

    @Test("A setting of a later release is unknown to an earlier one")
    func laterSetting() throws {
        let set = "server.settings.summarize_wal=on"
        #expect(try load(minimalScenario, sets: [set, "server.version=17"]).warnings.count == 1)
        #expect(
            mistakes(minimalScenario, sets: [set]) == [
                "dir/test.json: server.settings.summarize_wal: unrecognized configuration parameter \"summarize_wal\" "
                    + "(server.version is 16 in --set; known in 17 to 18)"
            ])
    }

    @Test(
        "A distribution has one form, with parameters that fit",
        arguments: [
            (
                #"{"constant":"1ms","exponential":{"mean":"1ms"}}"#,
                ": \"constant\" and \"exponential\" exclude each other"
            ),
            ("{}", ": one of \"constant\", \"uniform\", \"exponential\""),
            (#"{"lognormal":{"sigma":1}}"#, ".lognormal: one of \"mean\", \"median\" is missing"),
            (#"{"lognormal":{"mean":"1ms"}}"#, ".lognormal: key \"sigma\" is missing"),
            (#"{"lognormal":{"mean":"1ms","sigma":-1}}"#, ".lognormal.sigma: out of range"),
            (#"{"logNormal":{"mean":"1ms","sigma":1}}"#, ".logNormal: unknown key \"logNormal\""),
            (#"{"uniform":{"min":"2ms","max":"1ms"}}"#, ".uniform: min must be below max (1ms) (seen 2ms in --set)"),
            (#"{"quantiles":[[0.9,"1ms"],[0.5,"2ms"]]}"#, ".quantiles: [1] must be above the probability before it"),
            (#"{"quantiles":[[1.5,"1ms"]]}"#, ".quantiles.0.0: out of range"),
            (#"{"quantiles":[]}"#, ".quantiles: must not be empty"),
            (#"{"mixture":[{"weight":1,"of":{"constant":"-1ms"}}]}"#, ".mixture.0.of.constant: must not be negative"),
            ("[1]", ": a list does not fit here"),
        ])
    func distributions(_ value: String, _ message: String) {
        let lines = mistakes(sets: "host.storage.wal.sync=" + value)
        #expect(lines.count == 1 && lines[0].hasPrefix("dir/test.json: host.storage.wal.sync" + message), "\(lines)")
    }
}
