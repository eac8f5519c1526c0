import Testing

@testable import Experiments

/// Mistakes in what happens during a run and what is asked of it: phases, events, thresholds, timeline, profiles.
@Suite struct RunMistakeTests {
    @Test(
        "Phases have ends in order, names of their own, and one kind of end",
        arguments: [
            (#"[{"name":"a","until":"2s"},{"name":"b","until":"1s"}]"#, "phases.1.until: must be later"),
            (#"[{"name":"a"},{"name":"b"}]"#, "phases.0: only the last phase may have no end"),
            (#"[{"name":"a","until":"1s"},{"name":"a"}]"#, "phases.1.name: this name is given twice"),
            (#"[{"name":"all"}]"#, "phases.0.name: \"all\" stands for the whole run"),
            (
                #"[{"name":"a","until":"1s","transactions":5}]"#,
                "phases.0: \"until\" and \"transactions\" exclude each other"
            ),
            (#"[{"name":"a","until":"1s"},{"name":"b","transactions":5}]"#, "phases: phases end either at instants or"),
            (#"[{"name":"a","transactions":5},{"name":"b","idle":"1s"},{"name":"c"}]"#, "phases.2: an open end after"),
            (#"[{"name":"a","transactions":5},{"name":"b"}]"#, "phases.1: an open end after counted phases needs"),
        ])
    func phases(_ value: String, _ message: String) {
        let lines = mistakes(sets: "phases=" + value)
        #expect(lines.count == 1 && lines[0].hasPrefix("dir/test.json: " + message), "\(lines)")
    }

    @Test("A pause before the measured span is a part of the warm-up")
    func checkpointPause() {
        #expect(
            mistakes(sets: "warmup=2s", "checkpoint_pause=3s") == [
                "dir/test.json: checkpoint_pause: is a part of the warm-up and cannot be longer (seen 3s in --set; "
                    + "warmup is 2s)"
            ])
        #expect(
            mistakes(sets: "checkpoint_pause=1s", "checkpoint_after=1s") == [
                "dir/test.json: checkpoint_after: the CHECKPOINT is made within the pause (seen 1s in --set; "
                    + "checkpoint_pause is 1s)"
            ])
        #expect(
            mistakes(sets: "checkpoint_after=1s") == [
                "dir/test.json: checkpoint_after: the CHECKPOINT is made within the pause (seen 1s in --set; "
                    + "there is no checkpoint_pause)"
            ])
    }

    @Test("An event may only change what PostgreSQL can change without a restart")
    func events() {
        let event = { (setting: String) in #"events=[{"at":"1s","do":"set","settings":{\#(setting)}}]"# }
        #expect(
            mistakes(sets: event(#""wal_buffers":"1MB""#)) == [
                "dir/test.json: events.0.settings.wal_buffers: parameter \"wal_buffers\" cannot be changed without "
                    + "restarting the server"
            ])
        #expect(
            mistakes(sets: event(#""wal_segment_size":"1MB""#)) == [
                "dir/test.json: events.0.settings.wal_segment_size: parameter \"wal_segment_size\" cannot be changed"
            ])
        #expect(
            mistakes(sets: #"events=[{"at":"1s","do":"vacuum"}]"#).contains {
                $0.contains("events.0.do: unknown value")
            })
        #expect(
            mistakes(sets: #"events=[{"at":"1s","do":"set"}]"#).contains {
                $0.contains("events.0: key \"settings\" is missing")
            })
        #expect(
            mistakes(sets: #"events=[{"at":"1s","do":"checkpoint","settings":{"commit_delay":1}}]"#).contains {
                $0.contains("events.0.settings: does not go with \"do\": \"checkpoint\"")
            })
    }

    @Test("Thresholds are conditions on known metrics, in units that fit")
    func thresholds() {
        #expect(mistakes(sets: #"thresholds={"latency_p90":"<= 20ms"}"#).first?.contains("unknown key") == true)
        for text in ["20ms", "<= fast", "<= 20kB", "== 5", "<="] {
            let lines = mistakes(sets: "thresholds={\"latency_p99\":\"\(text)\"}")
            #expect(lines.count == 1 && lines[0].contains("thresholds.latency_p99: not a condition on latency_p99"))
        }
    }

    @Test("A timeline that is too fine for its run is refused")
    func timeline() throws {
        #expect(
            mistakes(sets: "observe.timeline_interval=1us", "duration=1s") == [
                "dir/test.json: observe.timeline_interval: too short for this duration (seen 1us; allowed: at most "
                    + "100000 intervals in 1s)"
            ])
        #expect(try load(minimalScenario, sets: ["observe.timeline_interval=10us", "duration=1s"]).warnings.isEmpty)
    }

    @Test("A profile's instants increase, and some rate is above 0")
    func profiles() {
        #expect(
            mistakes(sets: #"clients.load={"profile":[["1s",1],["1s",2]]}"#).first?
                .hasPrefix("dir/test.json: clients.load.profile.1: instants must increase") == true)
        #expect(
            mistakes(sets: #"clients.load={"profile":[["0s",0]]}"#).first?
                .hasPrefix("dir/test.json: clients.load.profile: every rate is 0") == true)
    }
}
