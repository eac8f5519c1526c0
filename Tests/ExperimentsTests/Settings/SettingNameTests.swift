import Testing

@testable import Experiments

/// Names of settings: a scenario takes those that a postgresql.conf takes, in any case.
@Suite struct SettingNameTests {
    private func scenario(_ settings: String) -> String {
        #"{"clients": {"count": 1}, "server": {"settings": {\#(settings)}}}"#
    }

    private let withFile = #"{"clients": {"count": 1}, "server": {"settings_file": "postgresql.conf"}}"#

    private func fromFile(_ line: String) throws -> Scenario {
        try load(withFile, files: ["dir/postgresql.conf": line])
    }

    @Test(
        "Every setting that a postgresql.conf accepts without effect is accepted so in `settings`, with the same note")
    func sameNames() throws {
        let unchecked = SettingDefinition.otherNames + ["pg_stat_statements.max", "auto_explain.log_min_duration"]
        for name in unchecked {
            let own = try load(scenario("\"\(name)\": \"x\"")).warnings
            #expect(own == ["server.settings: accepted, no effect in the model: \(name)"])
            #expect(try fromFile("\(name) = x").warnings == own)
            #expect(try load(minimalScenario, sets: ["server.settings.\(name)=1"]).warnings == own)
        }
        for setting in SettingTable.definitions where setting.effect == nil && setting.releases.contains(.v18) {
            let value = setting.standard
            let own = try load(scenario("\"\(setting.name)\": \"\(value)\""), sets: ["server.version=18"]).warnings
            #expect(own == ["server.settings: accepted, no effect in the model: \(setting.name)"])
        }
    }

    @Test("Whatever has settings names those without effect")
    func elsewhere() throws {
        let text = """
            {"clients": {"count": 1}, "standbys": [{"name": "s", "settings": {"jit": true}}],
             "instances": [{"server": {"settings": {"DateStyle": "ISO"}}}],
             "events": [{"at": "1s", "do": "set", "settings": {"enable_sort": "off"}}]}
            """
        let note = "accepted, no effect in the model:"
        #expect(
            try Set(load(text).warnings) == [
                "standbys.0.settings: \(note) jit", "instances.0.server.settings: \(note) DateStyle",
                "events.0.settings: \(note) enable_sort",
            ])
    }

    @Test("Misspelled names get the nearest one, which is never the same word")
    func misspelled() {
        #expect(
            mistakes(scenario(#""comit_delay": 1"#)) == [
                "dir/test.json: server.settings.comit_delay: unrecognized configuration parameter \"comit_delay\" "
                    + "(in line 1; nearest: \"commit_delay\")"
            ])
        #expect(
            mistakes(sets: "server.settings.random_page_costs=1") == [
                "dir/test.json: server.settings.random_page_costs: "
                    + "unrecognized configuration parameter \"random_page_costs\" "
                    + "(in --set; nearest: \"random_page_cost\")"
            ])
        for name in ["a.", ".a", "a..b", "1.5", "a b.c"] {
            #expect(mistakes(scenario("\"\(name)\": 1")).count == 1, "\(name)")
        }
    }

    @Test("Case makes no difference, neither to the value nor to the hash")
    func anyCase() throws {
        let plain = try load(scenario(#""commit_delay": 250"#))
        let others = [
            try load(scenario(#""Commit_Delay": 250"#)),
            try load(scenario(""), sets: ["server.settings.COMMIT_DELAY=250"]),
            try load(scenario(#""commit_DELAY": 1"#), sets: ["server.settings.Commit_Delay=250"]),
            try fromFile("COMMIT_DELAY = 250"),
        ]
        for other in others {
            #expect(other.settings.commitDelay == 250)
            #expect(other.canonicalHash == plain.canonicalHash)
        }
        let event = { (name: String) in
            #"{"clients": {"count": 1}, "events": [{"at": "1s", "do": "set", "settings": {"\#(name)": 5}}]}"#
        }
        #expect(try load(event("COMMIT_DELAY")).canonicalHash == load(event("commit_delay")).canonicalHash)
    }

    @Test("A setting in two spellings is given twice")
    func twice() {
        #expect(
            mistakes(scenario(#""commit_delay": 1, "Commit_Delay": 2"#)) == [
                "dir/test.json: server.settings.Commit_Delay: this setting is given twice: case makes no difference "
                    + "(seen \"commit_delay\" in line 1; and \"Commit_Delay\" in line 1)"
            ])
    }

    @Test("What is varied and compared has PostgreSQL's name too")
    func varied() throws {
        let axis = try SweepAxis(option: "server.settings.COMMIT_DELAY=0,500")
        #expect(axis == SweepAxis(path: "server.settings.commit_delay", values: ["0", "500"]))
        let base = SweepBase(ScenarioSource(name: "t", text: minimalScenario))
        for text in ["Commit_Delay<=100", "server.settings.COMMIT_DELAY<=100", "commit_delay<=100"] {
            let plan = try SweepPlan(base, axes: [axis], constraints: [SweepConstraint(option: text)])
            #expect(plan.points.map(\.label) == ["commit_delay=0"])
        }
    }

    @Test("A setting has no parts, and an extension's name is one part")
    func parts() {
        #expect(SchemaPath("server.settings.Auto_Explain.log.x").canonical.parts.last == "auto_explain.log.x")
        #expect(SchemaPath("server.settings.commit_delay.x").canonical.parts.count == 4)
        #expect(
            mistakes(sets: "server.settings.commit_delay.x=1") == [
                "dir/test.json: server.settings.commit_delay.x: server.settings.commit_delay is a setting and has no "
                    + "part \"x\" (allowed: a value as in postgresql.conf)"
            ])
        #expect(SchemaPath("transactions.settings.steps").canonical == SchemaPath("transactions.settings.steps"))
    }
}
