import Postgres

extension Settings {
    /// The settings that decide how a commit becomes durable, as `SHOW` prints them. Those that have no effect
    /// under the others are left out.
    public var commitPathText: [(name: String, value: String)] {
        var shown = [
            ("synchronous_commit", synchronousCommit.rawValue),
            ("wal_sync_method", walSyncMethod.rawValue),
            ("commit_delay", String(commitDelay)),
        ]
        if commitDelay > 0 { shown.append(("commit_siblings", String(commitSiblings))) }
        shown.append(("wal_buffers", Self.memoryText(pages: effectiveWALBuffers)))
        if !fsync { shown.insert(("fsync", "off"), at: 0) }
        return shown
    }

    /// A number of 8 kB pages in the largest unit that divides it.
    private static func memoryText(pages: Int) -> String {
        let kilobytes = pages * 8
        return kilobytes % 1024 == 0 ? "\(kilobytes / 1024)MB" : "\(kilobytes)kB"
    }
}
