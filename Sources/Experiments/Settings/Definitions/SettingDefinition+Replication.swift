extension SettingDefinition {
    /// Replication: settings that are checked and have no effect in the model.
    static let replication: [SettingDefinition] = [
        .inert("max_replication_slots", .integer(unit: nil, 0...262_143), .postmaster, "10", in: [.v96: "0"]),
        .inert("track_commit_timestamp", .bool, .postmaster, "off"),
        .inert("hot_standby", .bool, .postmaster, "on", in: [.v96: "off"]),
        .inert("hot_standby_feedback", .bool, .sighup, "off"),
        .inert("max_standby_archive_delay", .integer(unit: .milliseconds, -1...2_147_483_647), .sighup, "30000"),
        .inert("max_standby_streaming_delay", .integer(unit: .milliseconds, -1...2_147_483_647), .sighup, "30000"),
        .inert("wal_retrieve_retry_interval", .integer(unit: .milliseconds, 1...2_147_483_647), .sighup, "5000"),
        .inert("wal_receiver_create_temp_slot", .bool, .sighup, "off", since: .v15),
        .inert("primary_conninfo", .text, .sighup, "", since: .v15),
        .inert("primary_slot_name", .text, .sighup, "", since: .v15),
        .inert("restore_command", .text, .sighup, "", since: .v15),
        .inert("max_logical_replication_workers", .integer(unit: nil, 0...262_143), .postmaster, "4", since: .v15),
        .inert("max_sync_workers_per_subscription", .integer(unit: nil, 0...262_143), .sighup, "2", since: .v15),
        .inert(
            "logical_decoding_work_mem", .integer(unit: .kilobytes, 64...2_147_483_647), .user, "65536", since: .v15),
        .inert("synchronized_standby_slots", .text, .sighup, "", since: .v17),
        .inert("max_parallel_apply_workers_per_subscription", .integer(unit: nil, 0...1024), .sighup, "2", since: .v16),
        .inert("sync_replication_slots", .bool, .sighup, "off", since: .v17),
    ]
}
