import Testing

@testable import Experiments

/// Settings that are right one by one and that PostgreSQL refuses together.
@Suite struct StartupCheckTests {
    private func problems(_ settings: String, release: String = "16", more: String = "") -> [String] {
        let text =
            #"{"clients": {"count": 1}, "server": {"version": "\#(release)", "settings": {\#(settings)}}\#(more)}"#
        return mistakes(text).map { $0.replacing("dir/test.json: server.settings.", with: "") }
    }

    @Test("Sizes of WAL are two segments at least")
    func sizesOfWAL() throws {
        #expect(
            problems(#""max_wal_size": "10MB""#) == [
                "max_wal_size: \"max_wal_size\" must be at least twice \"wal_segment_size\" "
                    + "(seen 10MB in line 1; wal_segment_size is 16MB, its default; nearest: 32MB)"
            ])
        #expect(
            problems(#""min_wal_size": "1GB", "max_wal_size": "2GB", "wal_segment_size": "1GB""#) == [
                "min_wal_size: \"min_wal_size\" must be at least twice \"wal_segment_size\" "
                    + "(seen 1GB in line 1; wal_segment_size is 1GB; nearest: 2048MB)"
            ])
        #expect(problems(#""min_wal_size": "33MB""#) == [])
        let file = #"{"clients": {"count": 1}, "server": {"settings_file": "postgresql.conf"}}"#
        #expect(
            mistakes(file, files: ["dir/postgresql.conf": "fsync = on\nmin_wal_size = 10MB"]) == [
                "dir/postgresql.conf: line 2: \"min_wal_size\" must be at least twice \"wal_segment_size\" "
                    + "(seen 10MB; wal_segment_size is 16MB, its default; nearest: 32MB)"
            ])
    }

    @Test("initdb's sizes of WAL follow the segment's size unless they are given")
    func segmentSize() throws {
        let large = try load(minimalScenario, sets: [#"server.settings={"wal_segment_size":"64MB"}"#]).settings
        #expect(large.maxWALSize == 4_096 && large.minWALSize == 320)
        let mixed = #"server.settings={"wal_segment_size":"64MB","max_wal_size":"1GB"}"#
        let settings = try load(minimalScenario, sets: [mixed]).settings
        #expect(settings.maxWALSize == 1_024 && settings.minWALSize == 320)
    }

    @Test("wal_level minimal goes with no walsender, archive or summary")
    func minimal() {
        let streaming =
            "WAL streaming (\"max_wal_senders\" > 0) requires \"wal_level\" to be \"replica\" or \"logical\""
        #expect(
            problems(#""wal_level": "minimal""#) == [
                "wal_level: \(streaming) (seen minimal in line 1; max_wal_senders is 10, its default; "
                    + "nearest: \"replica\", or max_wal_senders 0)"
            ])
        #expect(
            problems(#""max_wal_senders": 4"#, release: "9.6") == [
                "max_wal_senders: \(streaming) (seen 4 in line 1; wal_level is minimal, its default; "
                    + "nearest: 0, or wal_level \"replica\")"
            ])
        let none = #""wal_level": "minimal", "max_wal_senders": 0"#
        #expect(problems(none) == [] && problems("", release: "9.6") == [])
        #expect(
            problems(none + #", "archive_mode": "on""#) == [
                "archive_mode: WAL archival cannot be enabled when \"wal_level\" is \"minimal\" "
                    + "(seen on in line 1; wal_level is minimal; nearest: \"off\", or wal_level \"replica\")"
            ])
        #expect(
            problems(none + #", "summarize_wal": true"#, release: "17") == [
                "summarize_wal: WAL cannot be summarized when \"wal_level\" is \"minimal\" "
                    + "(seen on in line 1; wal_level is minimal; nearest: \"off\", or wal_level \"replica\")"
            ])
    }

    @Test("archive_mode is off with every word for it")
    func archiveOff() {
        for word in ["false", "\"no\"", "\"0\""] {
            #expect(problems("\"wal_level\": \"minimal\", \"max_wal_senders\": 0, \"archive_mode\": \(word)") == [])
        }
    }

    @Test("Not all connections are reserved, and server processes are counted in 18 bits")
    func connections() {
        #expect(
            problems(#""max_connections": 3"#, release: "15") == [
                "max_connections: \"superuser_reserved_connections\" must be less than \"max_connections\" "
                    + "(seen 3 in line 1; superuser_reserved_connections is 3, its default; nearest: 4)"
            ])
        let both = #""max_connections": 10, "reserved_connections": 7"#
        #expect(
            problems(both) == [
                "reserved_connections: \"superuser_reserved_connections\" plus \"reserved_connections\" must be less "
                    + "than \"max_connections\" (seen 7 in line 1; superuser_reserved_connections is 3, its default; "
                    + "max_connections is 10)"
            ])
        #expect(problems(#""max_connections": 11, "reserved_connections": 7"#) == [])
        let senders = #""wal_level": "replica", "max_wal_senders": 100"#
        #expect(
            problems(senders, release: "9.6") == [
                "max_wal_senders: max_wal_senders must be less than max_connections "
                    + "(seen 100 in line 1; max_connections is 100, its default; nearest: 99)"
            ])
        #expect(problems(senders, release: "15") == [])
        let many = problems(#""max_worker_processes": 262143"#)
        #expect(many.count == 1 && many[0].hasPrefix("max_worker_processes: too many server processes configured: "))
    }

    @Test("Each server and each standby has to start")
    func others() {
        let standbys = #", "standbys": [{"name": "s", "settings": {"max_connections": 50}}]"#
        #expect(
            problems("", more: standbys) == [
                "dir/test.json: standbys.0.settings.max_connections: recovery aborted because of insufficient "
                    + "parameter settings: max_connections = 50 is a lower setting than on the primary server, where "
                    + "its value was 100 (seen 50 in line 1; nearest: 100)"
            ])
        #expect(problems(#""max_connections": 50"#, more: standbys) == [])
        let copy = #", "standbys": [{"name": "s", "settings": {"wal_segment_size": "1MB"}}]"#
        #expect(
            problems("", more: copy) == [
                "dir/test.json: standbys.0.settings.wal_segment_size: a standby is a copy of the server and cannot "
                    + "differ in this (seen 1048576 in line 1; the server has 16MB)"
            ])
        let instances = #", "instances": [{}, {"server": {"settings": {"max_wal_size": "20MB"}}}]"#
        let found = problems("", more: instances)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("dir/test.json: instances.1.server.settings.max_wal_size: ") == true)
    }
}
