import Postgres
import WaitEvents

extension SettingDefinition {
    /// The setting as a release's postgresql.conf means it: 9.6 counts sizes of WAL in segments of 16 MB, and cuts off
    /// what is no whole one (guc.c, GUC_UNIT_XSEGS). A scenario's own numbers are in MB for every release.
    func inConfiguration(of release: PostgresRelease) -> SettingDefinition {
        guard release == .v96, ["max_wal_size", "min_wal_size"].contains(name), let effect else { return self }
        var inSegments = self
        inSegments.type = .integer(unit: .segments, 2...Int(Int32.max))
        inSegments.effect = SettingEffect(
            apply: { effect.apply(.integer($0.integer * 16), &$1) },
            read: { .integer(effect.read($0).integer / 16) })
        return inSegments
    }
}

extension Settings {
    /// The defaults of a release where they differ from those of the others.
    init(defaultsOf release: PostgresRelease) {
        self.init()
        guard release == .v96 else { return }
        // 14 raised it to 0.9.
        checkpointCompletionTarget = 0.5
        // 10 made replication work without a change of the configuration.
        walLevel = .minimal
        maxWALSenders = 0
    }
}
