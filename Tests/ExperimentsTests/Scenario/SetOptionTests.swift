import Postgres
import SimTime
import Testing

@testable import Experiments

@Suite struct SetOptionTests {
    private let groups = #"{"clients": [{"name": "readers", "count": 1}, {"name": "writers", "count": 2}]}"#

    @Test("A value is JSON if it parses, else a string")
    func values() throws {
        let scenario = try load(
            minimalScenario,
            sets: [
                "clients.count=12", "server.settings.commit_delay=1500", #"host.storage.wal.sync={"constant":"3ms"}"#,
                "duration=20s", "server.version=15", "name=\"quoted\"", "description=true story = fine",
            ])
        #expect(scenario.clients[0].count == 12)
        #expect(scenario.settings.commitDelay == 1500)
        #expect(scenario.host.walDevice.sync == (try .constant(.milliseconds(3))))
        #expect(scenario.duration == .seconds(20))
        #expect(scenario.release == .v15)
        #expect(scenario.name == "quoted")
        #expect(scenario.description == "true story = fine")
    }

    @Test("A value replaces the whole value at its path, left to right")
    func replacement() throws {
        let sets = [
            #"host.storage.wal={"sync":{"constant":"5ms"},"stalls":[{"at":"1s","for":"1s"}]}"#,
            #"host.storage.wal={"sync":{"constant":"7ms"}}"#, "clients.count=3", "clients.count=4",
        ]
        let scenario = try load(minimalScenario, sets: sets)
        #expect(scenario.host.walDevice.stalls.isEmpty)
        #expect(scenario.host.walDevice.sync == (try .constant(.milliseconds(7))))
        #expect(scenario.clients[0].count == 4)
    }

    @Test("Numeric parts index lists")
    func indexes() throws {
        let scenario = try load(groups, sets: ["clients.1.count=9"])
        #expect(scenario.clients.map(\.count) == [1, 9])
        #expect(
            mistakes(groups, sets: ["clients.2.count=9"]) == [
                "dir/test.json: clients.2.count: clients has no element 2 (it has 2; allowed: 0 to 1)"
            ])
        #expect(mistakes(groups, sets: ["clients.-1.count=9"]).count == 1)
    }

    @Test("clients.count with several groups is an error that lists them, with one it is that one's")
    func severalGroups() throws {
        #expect(
            mistakes(groups, sets: ["clients.count=9"]) == [
                "dir/test.json: clients.count: clients has 2 groups; say which one "
                    + "(clients.0 (readers), clients.1 (writers))"
            ])
        #expect(try load(#"{"clients": [{"count": 1}]}"#, sets: ["clients.count=9"]).clients[0].count == 9)
    }

    @Test("An alternative takes the place of the one that is there")
    func alternatives() throws {
        let open = try load(minimalScenario, sets: ["clients.load.open.rate=2000"])
        guard case .open(let rate) = open.clients[0].load else {
            Issue.record("the load is not open")
            return
        }
        #expect(rate == 2000)
        let sync = #"host.storage.wal.sync={"exponential":{"mean":"1ms"}}"#
        let constant = try load(minimalScenario, sets: [sync, "host.storage.wal.sync.constant=2ms"])
        #expect(constant.host.walDevice.sync == (try .constant(.milliseconds(2))))
    }

    @Test(
        "A path that the schema does not have is an error with the nearest key",
        arguments: [
            ("clients.cuont=3", "clients.cuont: unknown key \"cuont\"", "nearest: \"count\")"),
            ("hots.cores=3", "hots: unknown key \"hots\"", "nearest: \"host\")"),
            ("duration.x=3", "duration.x: duration is a duration and has no part \"x\"", ")"),
            ("server.settings.x=3", "server.settings.x: unrecognized configuration parameter \"x\"", ")"),
            ("phases.first.until=3s", "phases.first.until: phases is a list of 0", "\")"),
            ("clients.=3", "clients.: unknown key \"\"", ")"),
        ])
    func unknownPaths(_ set: String, _ start: String, _ end: String) {
        let lines = mistakes(sets: set)
        #expect(
            lines.count == 1 && lines[0].hasPrefix("dir/test.json: " + start) && lines[0].hasSuffix(end), "\(lines)")
    }

    @Test("Wrong syntax of the option is wrong usage, a wrong path or value is a wrong scenario")
    func kinds() {
        #expect(
            errorKind { () throws(InputError) in
                try loadScenario(text: minimalScenario, file: "x", sets: ["duration"])
            } == .usage)
        #expect(
            errorKind { () throws(InputError) in try loadScenario(text: minimalScenario, file: "x", sets: ["=1"]) }
                == .usage)
        #expect(
            errorKind { () throws(InputError) in try loadScenario(text: minimalScenario, file: "x", sets: ["a=1"]) }
                == .content)
        #expect(
            errorKind { () throws(InputError) in
                try loadScenario(text: minimalScenario, file: "x", sets: ["duration=x"])
            } == .content)
    }

    @Test("--seed and --repeats win over --set")
    func overrides() throws {
        let minimal = ScenarioSource(name: "x", text: minimalScenario)
        let scenario = try loadScenario(
            minimal, ScenarioOverrides(sets: ["seed=3", "repeats=4"], seed: 7, repeats: 1))
        #expect(scenario.seed == 7)
        #expect(scenario.repeats == 1)
        #expect(
            errorKind { () throws(InputError) in
                try loadScenario(minimal, ScenarioOverrides(seed: .max))
            } == .content)
    }

    @Test("A part of a built-in transaction can be set")
    func builtIn() throws {
        let scenario = try load(minimalScenario, sets: ["transactions.insert.statements.0.records.1.length=500"])
        #expect(scenario.transactions[0].statements[0].records.map(\.length) == [99, 500, 64, 728])
    }

    @Test("null leaves a key out")
    func null() throws {
        let scenario = try load(minimalScenario, sets: ["host.cores=4", "host.cores=null", "transactions=null"])
        #expect(scenario.host.cores == 16)
    }

    @Test("In a file null is no value, as its JSON Schema says: what is left out has its default")
    func nullInFile() throws {
        let texts = [
            #"{"clients": {"count": 8}, "seed": null}"#, #"{"clients": {"count": 8}, "transactions": null}"#,
            #"{"clients": {"count": 8}, "server": {"settings": {"Commit_Delay": null}}}"#,
            #"{"clients": {"count": 8}, "host": {"storage": {"wal": {"stalls": null}}}}"#,
        ]
        for text in texts {
            let lines = mistakes(text)
            #expect(lines.count == 1 && lines[0].contains(": null does not fit here"), "\(lines)")
        }
        // What an option takes away was right before.
        #expect(try load(texts[0], sets: ["seed=null"]).seed == load(minimalScenario).seed)
        #expect(try load(minimalScenario, sets: [#"host={"cores": null}"#]).host.cores == 16)
        #expect(try load(minimalScenario, sets: ["server.settings.commit_delay=null"]).settings.commitDelay == 0)
    }
}
