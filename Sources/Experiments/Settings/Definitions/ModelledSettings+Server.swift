import Postgres
import WaitEvents

/// The settings beyond the commit path that the simulated server obeys.
extension SettingDefinition {
    static let fullPages: [SettingDefinition] = [
        .modelled(
            "wal_level",
            .choice(
                WALLevel.allCases.map(\.rawValue), hidden: ["archive": "replica", "hot_standby": "replica"]),
            .postmaster, \.walLevel,
            "For whom WAL is written: above `minimal` running transactions are logged, with `logical` whole rows."),
        .modelled(
            "full_page_writes", .sighup, \.fullPageWrites,
            "Whether the first change of a page after a checkpoint logs the whole page."),
        SettingDefinition(
            name: "wal_compression",
            type: .switchOrChoice(["pglz", "lz4", "zstd", "on", "off"]), context: .superuser, standard: "off",
            effect: SettingEffect(
                apply: { $1.walCompression = WALCompression(rawValue: $0.text) ?? .pglz },
                read: { .text($0.walCompression.rawValue) }),
            meaning: "How full-page images are compressed; `on` is `pglz`."),
        .modelled(
            "wal_log_hints", .postmaster, \.walLogHints,
            "Whether the first hint bit on a page after a checkpoint logs the whole page."),
        .modelled(
            "data_checksums", .internal, \.dataChecksums,
            "Whether pages have checksums, which initdb decides: hint bits are logged as with `wal_log_hints`."),
    ]

    static let checkpoints: [SettingDefinition] = [
        .modelled(
            "checkpoint_timeout", .integer(unit: .seconds, 30...86_400), .sighup, \.checkpointTimeout,
            "The longest time between two checkpoints."),
        .modelled(
            "checkpoint_completion_target", .real(unit: nil, 0...1), .sighup, \.checkpointCompletionTarget,
            "The share of the time between checkpoints that their writes are spread over."),
        .modelled(
            "checkpoint_flush_after", .integer(unit: .pages, 0...256), .sighup, \.checkpointFlushAfter,
            "After how many pages a checkpoint asks the kernel to write them out."),
        .modelled(
            "checkpoint_warning", .integer(unit: .seconds, 0...2_147_483_647), .sighup, \.checkpointWarning,
            "Checkpoints for want of WAL space that are closer together give a warning."),
        .modelled(
            "max_wal_size", .integer(unit: .megabytes, 2...2_147_483_647), .sighup, \.maxWALSize,
            "How much WAL makes a checkpoint start; by default 64 segments."),
        .modelled(
            "min_wal_size", .integer(unit: .megabytes, 2...2_147_483_647), .sighup, \.minWALSize,
            "How much WAL is at least kept for recycling; by default 5 segments."),
        .modelled(
            "wal_keep_size", .integer(unit: .megabytes, 0...2_147_483_647), .sighup, \.walKeepSize, since: .v15,
            "How much WAL is kept for standbys."),
        .modelled(
            "archive_timeout", .integer(unit: .seconds, 0...1_073_741_823), .sighup, \.archiveTimeout,
            "After how long a WAL segment is ended that is not full, if anything of note is in it; 0: never."),
        .modelled(
            "wal_recycle", .superuser, \.walRecycle, since: .v15, "Whether segments are recycled by renaming them."),
        .modelled(
            "wal_init_zero", .superuser, \.walInitZero, since: .v15, "Whether new segments are filled with zeros."),
    ]

    static let standbys: [SettingDefinition] = [
        .modelled(
            "synchronous_standby_names", .sighup, \.synchronousStandbyNames,
            "Which standbys a commit waits for: `FIRST n (...)`, `ANY n (...)` or a list."),
        .modelled(
            "max_wal_senders", .integer(unit: nil, 0...262_143), .postmaster, \.maxWALSenders,
            "How many standbys may connect."),
        .modelled(
            "wal_sender_timeout", .integer(unit: .milliseconds, 0...2_147_483_647), .user, \.walSenderTimeout,
            "After how long without a word from a standby its connection is given up."),
        .modelled(
            "wal_receiver_status_interval", .integer(unit: .seconds, 0...2_147_483), .sighup,
            \.walReceiverStatusInterval, "How often a standby reports unasked."),
        .modelled(
            "wal_receiver_timeout", .integer(unit: .milliseconds, 0...2_147_483_647), .sighup, \.walReceiverTimeout,
            "After how long without a word from the primary a standby gives the connection up."),
        .modelled(
            "recovery_min_apply_delay", .integer(unit: .milliseconds, 0...2_147_483_647), .sighup,
            \.recoveryMinApplyDelay, "By how much a standby replays commits late."),
    ]

    static let autovacuum: [SettingDefinition] = [
        .modelled(
            "autovacuum", .postmaster, \.autovacuum,
            "Whether modelled tables are vacuumed as old versions collect; PostgreSQL's default is on."),
        .modelled(
            "autovacuum_naptime", .integer(unit: .seconds, 1...2_147_483), .sighup, \.autovacuumNaptime,
            "How often autovacuum looks which tables need it."),
        .modelled(
            "autovacuum_vacuum_threshold", .integer(unit: nil, 0...2_147_483_647), .sighup,
            \.autovacuumVacuumThreshold, "How many old versions of rows make a table need a vacuum."),
        .modelled(
            "autovacuum_vacuum_scale_factor", .real(unit: nil, 0...100), .sighup, \.autovacuumVacuumScaleFactor,
            "How many more it takes for each row."),
        .modelled(
            "autovacuum_vacuum_cost_delay", .real(unit: .milliseconds, -1...100), .sighup,
            \.autovacuumVacuumCostDelay,
            "How long autovacuum pauses each time that it has done work worth 200; -1: `vacuum_cost_delay`."),
    ]

    static let others: [SettingDefinition] = [
        .modelled(
            "vacuum_defer_cleanup_age", .integer(unit: nil, 0...1_000_000), .sighup, \.vacuumDeferCleanupAge,
            until: .v15, "By how many transactions old versions of rows outlive their use."),
        .modelled(
            "deadlock_timeout", .integer(unit: .milliseconds, 1...2_147_483_647), .superuser, \.deadlockTimeout,
            "How long a process waits for a row before it looks for a deadlock."),
    ]
}
