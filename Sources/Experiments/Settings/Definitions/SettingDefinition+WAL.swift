extension SettingDefinition {
    /// WAL, checkpoints and archiving: settings that are checked and have no effect in the model.
    static let wal: [SettingDefinition] = [
        .inert("wal_skip_threshold", .integer(unit: .kilobytes, 0...2_147_483_647), .user, "2048", since: .v15),
        .inert(
            "wal_decode_buffer_size", .integer(unit: .bytes, 65_536...1_073_741_823), .postmaster, "524288", since: .v15
        ),
        .inert("max_slot_wal_keep_size", .integer(unit: .megabytes, -1...2_147_483_647), .sighup, "-1", since: .v15),
        .inert("archive_mode", .switchOrChoice(["always", "on", "off"]), .postmaster, "off"),
        .inert("archive_command", .text, .sighup, ""),
        .inert("archive_library", .text, .sighup, "", since: .v15),
        .inert("log_checkpoints", .bool, .sighup, "on", in: [.v96: "off"]),
        .inert("recovery_prefetch", .switchOrChoice(["off", "on", "try"]), .sighup, "try", since: .v15),
        .inert("summarize_wal", .bool, .sighup, "off", since: .v17),
        .inert("wal_summary_keep_time", .integer(unit: .minutes, 0...35_791_394), .sighup, "10d", since: .v17),
    ]
}
