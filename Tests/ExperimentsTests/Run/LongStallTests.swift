import Testing

@testable import Experiments

/// Devices that are slower than any run is long.
@Suite("Stalls longer than the run")
struct LongStallTests {
    private static let devices = [
        #""sync": "100us", "stalls": [{"at": "0s", "for": "2400h"}]"#,
        #""sync": "100us", "stalls": [{"at": "20ms", "for": "1000h"}]"#, #""sync": "2000h""#,
    ]

    private func wakeups(_ device: String, _ more: String = "") throws -> UInt64 {
        let text = """
            {"duration": "50ms", "warmup": "0s", "clients": {"count": 4},
             "host": {"storage": {"wal": {\(device)}}}\(more)}
            """
        let run = try Experiment.runOnce(loadScenario(text: text, file: "t"), seed: 1)
        #expect(run.whole.span == .milliseconds(50))
        return run.wakeups
    }

    // Background processes look for work five times a second: in a tenth of a year that were many millions.
    @Test("The run ends in few steps although a backend sleeps for days", arguments: devices)
    func ends(_ device: String) throws {
        #expect(try wakeups(device) < 100_000)
    }

    @Test("So it does if the backend then has to wait for a standby", arguments: devices)
    func replicated(_ device: String) throws {
        let standbys = #"""
            , "server": {"settings": {"synchronous_standby_names": "s"}},
            "standbys": [{"name": "s", "on": "elsewhere"}]
            """#
        #expect(try wakeups(device, standbys) < 100_000)
    }

    @Test("So it does in a checkpoint, which waits for commits under way", arguments: devices)
    func checkpoint(_ device: String) throws {
        #expect(try wakeups(device, #", "events": [{"at": "40ms", "do": "checkpoint"}]"#) < 100_000)
    }
}
