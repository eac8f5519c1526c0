import Postgres
import Testing
import WaitEvents

@testable import Experiments

@Suite struct ConfigurationFileTests {
    private let scenario = #"{"clients": {"count": 1}, "server": {"settings_file": "postgresql.conf"}}"#

    private func settings(_ conf: String, others: [String: String] = [:]) throws -> Settings {
        let files = others.merging(["dir/postgresql.conf": conf]) { $1 }
        return try load(scenario, files: files).settings
    }

    private func problems(_ conf: String, others: [String: String] = [:]) -> [String] {
        mistakes(scenario, files: others.merging(["dir/postgresql.conf": conf]) { $1 })
    }

    @Test("Comments, quotes, optional equal signs, case and line ends are read as PostgreSQL does")
    func syntax() throws {
        let settings = try settings(
            """
            # a comment
            commit_delay = 1500            # microseconds
              COMMIT_SIBLINGS 3
            wal_buffers='64kB'\t# quoted\r
            synchronous_commit=local
            fsync = 'o\\146f'

            archive_command = 'test ! -f ''/a b'' && cp %p /a'
            """)
        #expect(settings.commitDelay == 1500)
        #expect(settings.commitSiblings == 3)
        #expect(settings.walBuffers == 8)
        #expect(settings.synchronousCommit == .local)
        #expect(settings.fsync == false)
    }

    @Test("The last setting of a name wins, and the scenario's own win over the file's")
    func precedence() throws {
        let conf = "commit_delay = 1\ncommit_delay = 2\ncommit_siblings = 9\n"
        #expect(try settings(conf).commitDelay == 2)
        let scenario = try load(
            scenario, sets: ["server.settings.commit_delay=7"], files: ["dir/postgresql.conf": conf])
        #expect(scenario.settings.commitDelay == 7)
        #expect(scenario.settings.commitSiblings == 9)
    }

    @Test("Included files are read where they are included, relative to the file that includes them")
    func includes() throws {
        let settings = try settings(
            """
            commit_delay = 1
            include 'sub/a.conf'
            include_if_exists = 'nowhere.conf'
            include_dir 'conf.d'
            """,
            others: [
                "dir/sub/a.conf": "include 'b.conf'\ncommit_siblings = 2", "dir/sub/b.conf": "commit_delay = 3",
                "dir/conf.d/2.conf": "wal_writer_delay = 2", "dir/conf.d/1.conf": "wal_writer_delay = 1",
                "dir/conf.d/3.conf.bak": "wal_writer_delay = 3",
            ])
        #expect(settings.commitDelay == 3)
        #expect(settings.commitSiblings == 2)
        #expect(settings.walWriterDelay == 2)
    }

    @Test("Errors name file and line")
    func errors() {
        #expect(
            problems("\ncommit_delay = 200000\ncomit_delay = 1\nwal_writer_delay = 1x") == [
                "dir/postgresql.conf: line 2: 200000 is outside the valid range for parameter \"commit_delay\" "
                    + "(0 .. 100000)",
                "dir/postgresql.conf: line 3: unrecognized configuration parameter \"comit_delay\" "
                    + "(nearest: \"commit_delay\")",
                "dir/postgresql.conf: line 4: invalid value for parameter \"wal_writer_delay\": \"1x\" "
                    + "(Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".)",
            ])
        #expect(problems("commit_delay = 1 2") == ["dir/postgresql.conf: line 1: syntax error near token \"2\""])
        #expect(problems("commit_delay =") == ["dir/postgresql.conf: line 1: syntax error near end of line"])
        #expect(problems("= 5") == ["dir/postgresql.conf: line 1: syntax error near token \"=\""])
        #expect(problems("wal_buffers = '64kB").count == 1)
        #expect(
            problems("fsync = on\ninclude 'x.conf'", others: ["dir/x.conf": "\n\nfsync = maybe"])
                == ["dir/x.conf: line 3: parameter \"fsync\" requires a Boolean value"])
        #expect(
            problems("include 'x.conf'") == [
                "dir/postgresql.conf: line 1: could not open configuration file \"x.conf\""
            ])
    }

    private func problem(release: String, _ line: String) -> String {
        mistakes(
            scenario, sets: ["server.version=\(release)"], files: ["dir/postgresql.conf": line]
        ).joined().replacing("dir/postgresql.conf: line 1: ", with: "")
    }

    @Test("commit_delay has no unit there, unlike in a scenario: PostgreSQL's complaint, and what to write")
    func microseconds() {
        let complaint = "invalid value for parameter \"commit_delay\": "
        for release in PostgresRelease.allCases.map(\.rawValue) {
            #expect(
                problem(release: release, "commit_delay = 5ms")
                    == complaint + "\"5ms\" (PostgreSQL takes no unit here: write 5000, which is in us)")
            #expect(problem(release: release, "commit_delay = 1e3") == "")
        }
        #expect(problem(release: "15", "commit_delay = 5 parsecs") == "syntax error near token \"parsecs\"")
        #expect(problem(release: "15", "commit_delay = '5 parsecs'") == complaint + "\"5 parsecs\"")
        // 100 s would be out of range.
        #expect(problem(release: "15", "commit_delay = 100s") == complaint + "\"100s\"")
    }

    @Test(
        "What releases differ in is as each has it",
        arguments: [
            ("9.6", "wal_compression = lz4", "parameter \"wal_compression\" requires a Boolean value"),
            ("9.6", "wal_compression = on", ""), ("15", "wal_compression = lz4", ""),
            (
                "16", "maintenance_work_mem = 100kB",
                "100 kB is outside the valid range for parameter \"maintenance_work_mem\" (1024 .. 2147483647)"
            ),
            ("17", "maintenance_work_mem = 100kB", ""), ("9.6", "wal_keep_segments = 64", ""),
            ("18", "io_method = worker", ""), ("18", "autovacuum_worker_slots = 16", ""),
            (
                "9.6", "maintenance_io_concurrency = 10",
                "unrecognized configuration parameter \"maintenance_io_concurrency\" "
                    + "(the server is PostgreSQL 9.6; known in 15 to 18)"
            ),
            ("15", "wal_segment_size = 64MB", "parameter \"wal_segment_size\" cannot be changed"),
        ])
    func releases(_ release: String, _ line: String, _ expected: String) {
        #expect(problem(release: release, line) == expected)
    }

    @Test("A file that includes itself ends at PostgreSQL's limit")
    func recursion() {
        #expect(
            problems("include 'postgresql.conf'") == [
                "dir/postgresql.conf: line 1: could not open configuration file \"postgresql.conf\": "
                    + "maximum nesting depth exceeded"
            ])
    }

    @Test("A missing file is an error of the scenario, at its key")
    func missing() {
        #expect(
            mistakes(scenario) == [
                "dir/test.json: server.settings_file: cannot read this file (seen \"postgresql.conf\" in line 1)"
            ])
    }

    @Test(
        "autovacuum_vacuum_cost_delay = -1 is vacuum_cost_delay, by default no pause",
        arguments: [
            ("autovacuum_vacuum_cost_delay = -1", 0, false), ("vacuum_cost_delay = 5", 2, true),
            ("autovacuum_vacuum_cost_delay = -1\nvacuum_cost_delay = 5ms", 5, false),
            ("vacuum_cost_delay = 5\nautovacuum_vacuum_cost_delay = -0.5", 5, false),
            ("autovacuum_vacuum_cost_delay = -1\nautovacuum_vacuum_cost_delay = 3\nvacuum_cost_delay = 5", 3, true),
        ])
    func costDelay(conf: String, delay: Double, isIdle: Bool) throws {
        let scenario = try load(scenario, files: ["dir/postgresql.conf": conf])
        #expect(scenario.settings.autovacuumVacuumCostDelay == delay)
        let warning = "server.settings: accepted, no effect in the model: vacuum_cost_delay"
        #expect(scenario.warnings == (isIdle ? [warning] : []))
    }

    @Test("Settings without effect are named in one warning; settings of extensions pass")
    func warnings() throws {
        let conf =
            "work_mem = 4GB\nlog_destination = 'csvlog'\nauto_explain.log_min_duration = 5\nshared_buffers = 1GB"
        let scenario = try load(scenario, files: ["dir/postgresql.conf": conf])
        #expect(
            scenario.warnings == [
                "server.settings: accepted, no effect in the model: "
                    + "auto_explain.log_min_duration, log_destination, work_mem"
            ])
    }
}
