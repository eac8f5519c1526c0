import Postgres
import Testing

@testable import Experiments

/// The messages are those of PostgreSQL 15 (`postgres -C commit_delay -c NAME=VALUE`), except where a test says so.
@Suite struct SettingParserTests {
    private func value(_ name: String, _ text: String) throws -> SettingValue {
        try #require(SettingTable.named(name)).parse(text)
    }

    private func error(_ name: String, _ text: String) -> SettingError? {
        do throws(SettingError) {
            _ = try SettingTable.named(name)?.parse(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("A number without a unit is in the setting's own unit")
    func bareNumbers() throws {
        #expect(try value("commit_delay", "1500") == .integer(1500))
        #expect(try value("wal_writer_delay", "200") == .integer(200))
        #expect(try value("wal_buffers", "-1") == .integer(-1))
        #expect(try value("wal_buffers", " 16 ") == .integer(16))
        #expect(try value("checkpoint_timeout", "300") == .integer(300))
    }

    @Test("A unit converts to the setting's own")
    func units() throws {
        #expect(try value("wal_writer_delay", "1s") == .integer(1000))
        #expect(try value("wal_writer_delay", "2 s") == .integer(2000))
        #expect(try value("wal_buffers", "16MB") == .integer(2048))
        #expect(try value("wal_buffers", "64kB") == .integer(8))
        #expect(try value("shared_buffers", "512MB") == .integer(65_536))
        #expect(try value("wal_segment_size", "64MB") == .integer(67_108_864))
        #expect(try value("checkpoint_timeout", "15min") == .integer(900))
        #expect(try value("max_wal_size", "1TB") == .integer(1_048_576))
    }

    @Test("commit_delay takes time units, which PostgreSQL itself does not")
    func commitDelay() throws {
        #expect(try value("commit_delay", "500us") == .integer(500))
        #expect(try value("commit_delay", "10ms") == .integer(10_000))
    }

    @Test("Fractions, exponents, hexadecimal and octal are read as PostgreSQL does")
    func notations() throws {
        #expect(try value("wal_writer_delay", "1.5") == .integer(2))
        #expect(try value("wal_writer_delay", "2.5") == .integer(2))
        #expect(try value("wal_writer_delay", "0.5s") == .integer(500))
        #expect(try value("wal_writer_delay", "1e2") == .integer(100))
        #expect(try value("wal_writer_delay", "0x20") == .integer(32))
        #expect(try value("wal_writer_delay", "010") == .integer(8))
        #expect(try value("max_wal_size", "30.1GB") == .integer(30_822))
    }

    @Test(
        "A number out of range is refused in PostgreSQL's words",
        arguments: [
            (
                "commit_delay", "200000",
                "200000 is outside the valid range for parameter \"commit_delay\" (0 .. 100000)"
            ),
            ("commit_delay", "-1", "-1 is outside the valid range for parameter \"commit_delay\" (0 .. 100000)"),
            (
                "wal_writer_delay", "1h",
                "3600000 ms is outside the valid range for parameter \"wal_writer_delay\" (1 .. 10000)"
            ),
            (
                "wal_buffers", "1TB",
                "134217728 8kB is outside the valid range for parameter \"wal_buffers\" (-1 .. 262143)"
            ),
            (
                "checkpoint_completion_target", "2",
                "2 is outside the valid range for parameter \"checkpoint_completion_target\" (0 .. 1)"
            ),
        ])
    func ranges(_ name: String, _ text: String, _ message: String) {
        #expect(error(name, text) == SettingError(message: message))
    }

    @Test("An unknown unit is refused with a hint that lists the units")
    func unitHints() {
        #expect(
            error("wal_writer_delay", "5x")
                == SettingError(
                    message: "invalid value for parameter \"wal_writer_delay\": \"5x\"",
                    hint: "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."))
        #expect(
            error("wal_buffers", "16mb")?.hint
                == "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".")
        #expect(
            error("commit_siblings", "5ms")
                == SettingError(message: "invalid value for parameter \"commit_siblings\": \"5ms\""))
    }

    @Test("What is no number, or too large for one, is refused")
    func noNumbers() {
        for text in ["abc", "", "-", "1..2", "1 2", "+-1", "0x", "٣"] {
            #expect(error("wal_buffers", text)?.message == "invalid value for parameter \"wal_buffers\": \"\(text)\"")
        }
        #expect(error("wal_writer_delay", "99999999999")?.hint == "Value exceeds integer range.")
        #expect(error("wal_writer_delay", "1e300")?.hint == "Value exceeds integer range.")
    }

    @Test("A choice is read regardless of case, and a wrong one is refused with the list")
    func choices() throws {
        #expect(try value("synchronous_commit", "OFF") == .text("off"))
        #expect(try value("synchronous_commit", "true") == .text("on"))
        #expect(
            error("synchronous_commit", "foo")
                == SettingError(
                    message: "invalid value for parameter \"synchronous_commit\": \"foo\"",
                    hint: "Available values: local, remote_write, remote_apply, on, off."))
    }

    @Test(
        "What was a Boolean once takes the words of one, whole and not listed",
        arguments: [
            ("archive_mode", "always, on, off"), ("huge_pages", "off, on, try"), ("recovery_prefetch", "off, on, try"),
            ("wal_compression", "pglz, lz4, zstd, on, off"),
        ])
    func onceBooleans(name: String, listed: String) throws {
        for text in ["on", "TRUE", "yes", "1"] { #expect(try value(name, text) == .text("on")) }
        for text in ["off", "False", "no", "0"] { #expect(try value(name, text) == .text("off")) }
        for text in ["t", "2"] { #expect(error(name, text)?.hint == "Available values: \(listed).") }
    }

    @Test("The methods of syncing WAL are those of a server on Linux")
    func syncMethods() throws {
        let methods = ["fsync", "fdatasync", "open_sync", "open_datasync"]
        for method in methods { #expect(try value("wal_sync_method", method) == .text(method)) }
        let refused = error("wal_sync_method", "fsync_writethrough")
        #expect(refused?.message == "invalid value for parameter \"wal_sync_method\": \"fsync_writethrough\"")
        #expect(refused?.hint == "Available values: fsync, fdatasync, open_sync, open_datasync.")
    }

    @Test("autovacuum_vacuum_cost_delay may be -1, and no less")
    func costDelay() throws {
        #expect(try value("autovacuum_vacuum_cost_delay", "-1") == .real(-1))
        #expect(
            error("autovacuum_vacuum_cost_delay", "-2")?.message
                == "-2 ms is outside the valid range for parameter \"autovacuum_vacuum_cost_delay\" (-1 .. 100)")
    }

    @Test("A Boolean is any unambiguous beginning of its words")
    func booleans() throws {
        for text in ["on", "TRUE", "t", "yes", "y", "1"] { #expect(try value("fsync", text) == .bool(true)) }
        for text in ["off", "of", "false", "f", "no", "n", "0"] { #expect(try value("fsync", text) == .bool(false)) }
        for text in ["o", "maybe", "", "2", "onn"] {
            #expect(error("fsync", text) == SettingError(message: "parameter \"fsync\" requires a Boolean value"))
        }
    }

    @Test("The table's defaults are those of Settings, and every effect reads back what it applied")
    func effects() throws {
        for definition in SettingDefinition.modelled {
            let effect = try #require(definition.effect)
            let standard = try definition.parse(definition.standard)
            #expect(effect.read(Settings()) == standard, "\(definition.name)")
            let other = try definition.parse(otherValue(of: definition))
            var settings = Settings()
            effect.apply(other, &settings)
            #expect(effect.read(settings) == other, "\(definition.name)")
            #expect(settings != Settings(), "\(definition.name)")
        }
    }

    /// A value that is not the default.
    private func otherValue(of definition: SettingDefinition) -> String {
        let choices = [
            "wal_sync_method": "open_sync", "synchronous_commit": "local", "wal_compression": "lz4",
            "wal_segment_size": "32MB", "wal_level": "minimal",
        ]
        if let choice = choices[definition.name] { return choice }
        switch definition.type {
        case .bool: return definition.standard == "on" ? "off" : "on"
        case .real: return "0.5"
        default: return "77"
        }
    }

    @Test("9.6 counts sizes of WAL in segments, and by default neither replicates nor logs for it")
    func oldDefaults() throws {
        let old = try #require(SettingTable.named("max_wal_size")).inConfiguration(of: .v96)
        #expect(try old.parse("64") == .integer(64) && old.parse("1GB") == .integer(64))
        #expect(try old.parse("100MB") == .integer(6), "what is no whole segment is cut off")
        #expect(
            throws: SettingError(
                message: "1 16MB is outside the valid range for parameter \"max_wal_size\" (2 .. 2147483647)")
        ) { try old.parse("31MB") }
        var settings = Settings(defaultsOf: .v96)
        #expect(old.effect?.read(settings) == .integer(64))
        old.effect?.apply(.integer(4096), &settings)
        #expect(settings.maxWALSize == 65_536)
        #expect(settings.maxWALSenders == 0 && settings.walLevel == .minimal)
        #expect(Settings(defaultsOf: .v15).maxWALSenders == 10 && Settings(defaultsOf: .v15).walLevel == .replica)
        #expect(try #require(SettingTable.named("wal_level")).parse("hot_standby") == .text("replica"))
    }

    @Test("Defaults that are other ones in some releases")
    func releaseDefaults() throws {
        let defaults = { (name: String) in
            try #require(SettingTable.named(name)).releaseDefaults.map { "\($0.release.rawValue) \($0.standard)" }
        }
        #expect(try defaults("max_replication_slots") == ["9.6 0"] && defaults("hot_standby") == ["9.6 off"])
        #expect(try defaults("max_wal_senders") == ["9.6 0"] && defaults("wal_level") == ["9.6 minimal"])
        #expect(
            try defaults("checkpoint_completion_target") == ["9.6 0.5"] && defaults("log_checkpoints") == ["9.6 off"])
        #expect(try defaults("effective_io_concurrency") == ["18 16"] && defaults("data_checksums") == ["18 on"])
        #expect(try defaults("checkpoint_flush_after").isEmpty && defaults("max_wal_size").isEmpty)
        for definition in SettingTable.definitions {
            for (release, standard) in definition.releaseDefaults {
                #expect(throws: Never.self, "\(definition.name) \(release)") { try definition.parse(standard) }
            }
        }
    }

    @Test("9.6 compresses or does not; it knows no methods")
    func oldCompression() throws {
        let mistake = mistakes(sets: "server.version=9.6", "server.settings.wal_compression=lz4")
        #expect(mistake.count == 1 && mistake[0].contains("parameter \"wal_compression\" requires a Boolean value"))
        for (word, method) in [("on", WALCompression.pglz), ("off", .off)] {
            let sets = ["server.version=9.6", "server.settings.wal_compression=\(word)"]
            let scenario = try loadScenario(text: minimalScenario, file: "t.json", sets: sets)
            #expect(scenario.settings.walCompression == method)
        }
    }

    @Test("Every default is a valid value, and no name is given twice")
    func consistency() throws {
        for definition in SettingTable.definitions {
            #expect(throws: Never.self, "\(definition.name)") { try definition.parse(definition.standard) }
        }
        let names = SettingTable.definitions.map(\.name) + SettingDefinition.otherNames.map { $0.lowercased() }
        #expect(Set(names).count == names.count)
    }

    @Test("What a postgresql.conf of 9.6 counts in segments is written with its unit into a scenario")
    func segmentsInScenario() throws {
        let size = try #require(SettingTable.named("max_wal_size"))
        #expect(size.inScenario("64", of: .v96) == "1GB" && size.inScenario("64", of: .v15) == "64")
        #expect(size.inScenario("2GB", of: .v96) == "2GB")
        #expect(try #require(SettingTable.named("wal_compression")).inScenario("true", of: .v96) == "true")
    }
}
