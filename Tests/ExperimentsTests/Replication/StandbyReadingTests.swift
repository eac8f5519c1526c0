import SimTime
import Testing

@testable import Experiments

/// Reading standbys from a scenario.
@Suite("Standbys in scenarios") struct StandbyReadingTests {
    private func scenario(_ standbys: String, settings: String = "", events: String = "[]") -> String {
        #"{"clients": {"count": 2}, "server": {"settings": {\#(settings)}}, "#
            + #""standbys": \#(standbys), "events": \#(events)}"#
    }

    @Test("A standby's device is like the server's unless it says otherwise")
    func device() throws {
        let text = """
            {
              "clients": {"count": 2}, "host": {"storage": {"wal": {"sync": "3ms"}}},
              "standbys": [{"name": "b"}, {"name": "c", "storage": {"wal": {"sync": "1ms"}}}]
            }
            """
        let standbys = try load(text).standbys
        #expect(standbys.map(\.walDevice.sync.mean) == [3e6, 1e6])
        #expect(try load(text, sets: ["standbys.0.storage.wal.sync=2ms"]).standbys[0].walDevice.sync.mean == 2e6)
    }

    @Test("A standby elsewhere has a machine and a network of its own")
    func elsewhere() throws {
        let text = scenario(
            """
            [{"name": "a"},
             {"name": "b", "on": "elsewhere", "cores": 3, "network": {"round_trip": "1ms", "bandwidth": 10}}]
            """)
        let loaded = try load(text)
        #expect(loaded.standbys.map(\.host) == [0, 1])
        #expect(loaded.standbyHosts.map(\.cores) == [3])
        #expect(loaded.standbys[1].network?.bandwidth == 1e7)
        #expect(loaded.standbys[0].network == nil)
    }

    @Test("A standby has the server's settings but for its own")
    func settings() throws {
        let text = scenario(
            #"[{"name": "b", "settings": {"recovery_min_apply_delay": "5s"}}]"#,
            settings: #""wal_receiver_status_interval": "3s""#)
        let settings = try load(text).standbys[0].settings
        #expect(settings.recoveryMinApplyDelay == 5_000 && settings.walReceiverStatusInterval == 3)
    }

    @Test("Without standbys the canonical scenario is what it was")
    func hash() throws {
        let plain = #"{"clients": {"count": 2}}"#
        #expect(try load(plain).canonicalHash == load(scenario("[]")).canonicalHash)
        #expect(try load(plain).canonicalHash != load(scenario(#"[{"name": "b"}]"#)).canonicalHash)
    }

    @Test("Names that nobody can answer for are a warning")
    func warnings() throws {
        let text = scenario(#"[{"name": "bob"}]"#, settings: #""synchronous_standby_names": "bop""#)
        #expect(
            try load(text).warnings == [
                "server.settings.synchronous_standby_names: none of the scenario's standbys is named and 1 must "
                    + "confirm: commits wait for ever (nearest: \"bob\")"
            ])
        let two = scenario(#"[{"name": "b"}]"#, settings: #""synchronous_standby_names": "ANY 2 (b, c)""#)
        #expect(
            try load(two).warnings.first?.hasSuffix("only b is named and 2 must confirm: commits wait for ever") == true
        )
        let local = scenario(
            "[]", settings: #""synchronous_standby_names": "x", "synchronous_commit": "local""#)
        #expect(try load(local).warnings.isEmpty)
    }

    @Test(
        "Mistakes are named",
        arguments: [
            (
                #"[{"name": "b"}, {"name": "b"}]"#, "", "[]", "standbys.1.name"
            ),
            (
                #"[{"name": "b", "cores": 2}]"#, "", "[]",
                "standbys.0.cores: a standby on the server has none of its own"
            ),
            (
                #"[{"name": "b"}, {"name": "c"}]"#, #""max_wal_senders": 1"#, "[]",
                "standbys: number of requested standby connections exceeds max_wal_senders (currently 1) (seen 2)"
            ),
            (
                "[]", #""synchronous_standby_names": "a b""#, "[]",
                #"server.settings.synchronous_standby_names: invalid value for parameter "#
                    + #""synchronous_standby_names": "a b": syntax error at or near "b""#
            ),
            (
                #"[{"name": "bob"}]"#, "", #"[{"at": "1s", "do": "stop standby", "name": "bop"}]"#,
                #"events.0.name: unknown standby (seen "bop" in line 1; allowed: bob; nearest: "bob")"#
            ),
            ("[]", "", #"[{"at": "1s", "do": "start standby"}]"#, #"events.0: key "name" is missing"#),
            ("[]", "", #"[{"at": "1s", "do": "set"}]"#, #"events.0: key "settings" is missing"#),
            ("[]", "", #"[{"at": "1s", "do": "cancel", "name": "x"}]"#, "events.0.name: does not go with"),
        ])
    func mistake(standbys: String, settings: String, events: String, expected: String) {
        let lines = mistakes(scenario(standbys, settings: settings, events: events))
        #expect(lines.contains { $0.hasPrefix("dir/test.json: " + expected) }, "\(lines)")
    }
}
