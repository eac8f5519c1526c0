import Testing

@testable import Experiments

@Suite("Lines for postgresql.conf")
struct ConfigurationAdviceTests {
    private func line(_ setting: String, _ value: String) -> String {
        ConfigurationAdvice.lines(["server.settings." + setting], from: ["x"], to: [value]).joined()
    }

    @Test(
        "Values stand as PostgreSQL's parser takes them",
        arguments: [
            // PostgreSQL has no microseconds, and takes no unit where a setting is in them.
            ("commit_delay", "250us", "commit_delay = 250"), ("commit_delay", "1ms", "commit_delay = 1000"),
            ("commit_delay", "500", "commit_delay = 500"),
            ("wal_writer_delay", "10ms", "wal_writer_delay = 10ms"),
            // A fraction with a unit is no bare word.
            ("wal_writer_delay", "0.5s", "wal_writer_delay = '0.5s'"),
            ("checkpoint_completion_target", "0.9", "checkpoint_completion_target = 0.9"),
            ("synchronous_commit", "remote_write", "synchronous_commit = remote_write"),
            ("synchronous_standby_names", "ANY 1 (a, b)", "synchronous_standby_names = 'ANY 1 (a, b)'"),
        ])
    func lines(_ setting: String, _ value: String, _ expected: String) {
        #expect(line(setting, value) == expected + "  # was x")
    }

    @Test("What is no setting becomes a comment; what stays has no line")
    func others() {
        let lines = ConfigurationAdvice.lines(
            ["clients.count", "server.settings.commit_delay"], from: ["8", "0"], to: ["4", "0"])
        #expect(lines == ["# clients.count: 8 -> 4 (no setting of postgresql.conf)"])
    }
}
