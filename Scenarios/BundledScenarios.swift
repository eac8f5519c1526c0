/// The scenarios of this directory, built into the binary so that it finds them wherever it is moved.
public enum BundledScenarios {
    /// Names (without `.json`) and texts, in the order of `walsim scenarios`.
    public static let all: [(name: String, text: String)] = [
        ("burst-insert", text(PackageResources.burst_insert_json)),
        ("burst-insert-stall", text(PackageResources.burst_insert_stall_json)),
        ("steady-commit", text(PackageResources.steady_commit_json)),
        ("commit-delay", text(PackageResources.commit_delay_json)),
        ("async-commit", text(PackageResources.async_commit_json)),
        ("small-wal-buffers", text(PackageResources.small_wal_buffers_json)),
        ("segment-pool-dry", text(PackageResources.segment_pool_dry_json)),
        ("walwriter-tuning", text(PackageResources.walwriter_tuning_json)),
        ("pgbench-insert", text(PackageResources.pgbench_insert_json)),
        ("pgbench-insert10", text(PackageResources.pgbench_insert10_json)),
        ("pgbench-insert-wide", text(PackageResources.pgbench_insert_wide_json)),
        ("pgbench-tpcb", text(PackageResources.pgbench_tpcb_json)),
        ("pgbench-insert-standby", text(PackageResources.pgbench_insert_standby_json)),
        ("standby-stall", text(PackageResources.standby_stall_json)),
        ("wal-volume-b1", text(PackageResources.wal_volume_b1_json)),
        ("wal-volume-b2", text(PackageResources.wal_volume_b2_json)),
        ("wal-volume-b3-fillfactor-100", text(PackageResources.wal_volume_b3_fillfactor_100_json)),
        ("wal-volume-b3-fillfactor-90", text(PackageResources.wal_volume_b3_fillfactor_90_json)),
        ("wal-volume-b3-compressed", text(PackageResources.wal_volume_b3_compressed_json)),
        ("wal-volume-pgbench", text(PackageResources.wal_volume_pgbench_json)),
        ("insert-locks-64-cores", text(PackageResources.insert_locks_64_cores_json)),
        ("sync-rep-1-off", text(PackageResources.sync_rep_1_off_json)),
        ("sync-rep-1-local", text(PackageResources.sync_rep_1_local_json)),
        ("sync-rep-1-remote-write", text(PackageResources.sync_rep_1_remote_write_json)),
        ("sync-rep-1-on", text(PackageResources.sync_rep_1_on_json)),
        ("sync-rep-1b-cpuset", text(PackageResources.sync_rep_1b_cpuset_json)),
        ("sync-rep-cpusets", text(PackageResources.sync_rep_cpusets_json)),
        ("sync-rep-cpusets-shared", text(PackageResources.sync_rep_cpusets_shared_json)),
        ("sync-rep-2-batch10", text(PackageResources.sync_rep_2_batch10_json)),
        ("sync-rep-3-four-instances", text(PackageResources.sync_rep_3_four_instances_json)),
        ("sync-rep-4-local-standbys", text(PackageResources.sync_rep_4_local_standbys_json)),
        ("sync-rep-5-eight-guests", text(PackageResources.sync_rep_5_eight_guests_json)),
        ("checkpoint-storm", text(PackageResources.checkpoint_storm_json)),
        ("thousand-backends", text(PackageResources.thousand_backends_json)),
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
