import Postgres

/// The settings that the simulated server obeys.
extension SettingDefinition {
    static let modelled: [SettingDefinition] =
        commit + buffers + walWriter + fullPages + checkpoints + standbys + autovacuum + others

    private static let commit: [SettingDefinition] = [
        .modelled(
            "commit_delay", .integer(unit: .microseconds, 0...100_000), .superuser, \.commitDelay,
            "How long the leader of a group waits for more commits before it flushes."),
        .modelled(
            "commit_siblings", .integer(unit: nil, 0...1000), .user, \.commitSiblings,
            "How many other transactions must be open for `commit_delay` to be waited."),
        .modelled(
            "synchronous_commit",
            .switchOrChoice(["local", "remote_write", "remote_apply", "on", "off"]), .user, \.synchronousCommit,
            "What a commit waits for; without standbys the remote levels act as `on`."),
        SettingDefinition(
            name: "fsync", type: .bool, context: .sighup, standard: "on",
            effect: SettingEffect(apply: { $1.fsync = $0.bool }, read: { .bool($0.fsync) }),
            meaning: "Whether WAL is synced at all."),
        .modelled(
            // What a server on Linux has.
            "wal_sync_method", .choice(["fsync", "fdatasync", "open_sync", "open_datasync"]), .sighup,
            \.walSyncMethod, "How WAL reaches the device."),
    ]

    private static let buffers: [SettingDefinition] = [
        .modelled(
            "wal_buffers", .integer(unit: .pages, -1...262_143), .postmaster, \.walBuffers,
            "WAL buffers; -1: 1/32 of `shared_buffers`, at least 64kB, at most one segment."),
        .modelled(
            "shared_buffers", .integer(unit: .pages, 16...1_073_741_823), .postmaster, \.sharedBuffers,
            "Decides the automatic `wal_buffers`."),
        SettingDefinition(
            name: "wal_segment_size", type: .integer(unit: .bytes, 1_048_576...1_073_741_824), context: .internal,
            standard: "16777216",
            effect: SettingEffect(
                apply: { $1.walSegmentSize = UInt64($0.integer) }, read: { .integer(Int($0.walSegmentSize)) }),
            meaning: "Size of a WAL segment, a power of two; a real cluster fixes it in initdb."),
    ]

    private static let walWriter: [SettingDefinition] = [
        .modelled(
            "wal_writer_delay", .integer(unit: .milliseconds, 1...10_000), .sighup, \.walWriterDelay,
            "Pause of the WAL writer between two rounds."),
        .modelled(
            "wal_writer_flush_after", .integer(unit: .pages, 0...2_147_483_647), .sighup, \.walWriterFlushAfter,
            "How much unflushed WAL makes the WAL writer flush before its delay is over."),
    ]
}
