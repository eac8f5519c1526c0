extension SettingDefinition {
    /// Connections, memory and background work: settings that are checked and have no effect in the model.
    static let resources: [SettingDefinition] = [
        .inert("max_connections", .integer(unit: nil, 1...262_143), .postmaster, "100"),
        .inert("superuser_reserved_connections", .integer(unit: nil, 0...262_143), .postmaster, "3"),
        .inert("max_prepared_transactions", .integer(unit: nil, 0...262_143), .postmaster, "0"),
        .inert("max_worker_processes", .integer(unit: nil, 0...262_143), .postmaster, "8"),
        .inert("max_parallel_workers", .integer(unit: nil, 0...1024), .user, "8", since: .v15),
        .inert("max_parallel_workers_per_gather", .integer(unit: nil, 0...1024), .user, "2", in: [.v96: "0"]),
        .inert("max_locks_per_transaction", .integer(unit: nil, 10...2_147_483_647), .postmaster, "64"),
        .inert("huge_pages", .switchOrChoice(["off", "on", "try"]), .postmaster, "try"),
        .inert("work_mem", .integer(unit: .kilobytes, 64...2_147_483_647), .user, "4096"),
        .inert("maintenance_work_mem", .integer(unit: .kilobytes, 64...2_147_483_647), .user, "65536"),
        .inert("temp_buffers", .integer(unit: .pages, 100...1_073_741_823), .user, "1024"),
        .inert("effective_io_concurrency", .integer(unit: nil, 0...1000), .user, "1", in: [.v18: "16"]),
        .inert("maintenance_io_concurrency", .integer(unit: nil, 0...1000), .user, "10", since: .v15, in: [.v18: "16"]),
        .inert("backend_flush_after", .integer(unit: .pages, 0...256), .user, "0"),
        .inert("bgwriter_delay", .integer(unit: .milliseconds, 10...10_000), .sighup, "200"),
        .inert("bgwriter_flush_after", .integer(unit: .pages, 0...256), .sighup, "64"),
        .inert("bgwriter_lru_maxpages", .integer(unit: nil, 0...1_073_741_823), .sighup, "100"),
        .inert("bgwriter_lru_multiplier", .real(unit: nil, 0...10), .sighup, "2"),
        .inert("autovacuum_max_workers", .integer(unit: nil, 1...262_143), .postmaster, "3"),
        .inert("autovacuum_vacuum_cost_limit", .integer(unit: nil, -1...10_000), .sighup, "-1"),
        .inert(
            "autovacuum_vacuum_insert_threshold", .integer(unit: nil, -1...2_147_483_647), .sighup, "1000",
            since: .v15),
        .inert("autovacuum_vacuum_insert_scale_factor", .real(unit: nil, 0...100), .sighup, "0.2", since: .v15),
        .inert("vacuum_cost_delay", .real(unit: .milliseconds, 0...100), .user, "0"),
        .inert("vacuum_cost_limit", .integer(unit: nil, 1...10_000), .user, "200"),
        .inert("track_io_timing", .bool, .superuser, "off"),
        .inert("track_wal_io_timing", .bool, .superuser, "off", since: .v15),
        .inert("track_activities", .bool, .superuser, "on"),
        .inert("track_counts", .bool, .superuser, "on"),
        .inert("reserved_connections", .integer(unit: nil, 0...262_143), .postmaster, "0", since: .v16),
        .inert(
            "vacuum_buffer_usage_limit", .integer(unit: .kilobytes, 0...16_777_216), .user, "2MB", since: .v16,
            in: [.v16: "256kB"]),
    ]
}
