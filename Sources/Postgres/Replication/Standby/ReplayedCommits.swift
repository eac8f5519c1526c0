import SimTime

/// What replay must know of a commit record.
struct CommitMark {
    /// Where the record ends.
    var end: XLogRecPtr
    /// The commit's time stamp.
    var at: Instant
    /// Whether the commit waits for its replay (XACT_COMPLETION_APPLY_FEEDBACK).
    var wantsFeedback: Bool
}

/// The commit records in the WAL of a server with standbys, as far as not every standby has replayed them: stands for
/// the bytes, which the simulated machine does not keep. One simulation's, on its one thread.
public final class ReplayedCommits {
    /// In the order of their ends.
    private var marks: [CommitMark] = []
    /// The index of each standby's next mark.
    private var next: [Int]
    /// Whether replay must know every commit's time, for `recovery_min_apply_delay`.
    public var keepsAll = false
    private static let pruneAbove = 4096

    /// - Parameter standbys: how many standbys replay that WAL.
    public init(standbys: Int) { next = Array(repeating: 0, count: standbys) }

    /// A commit record is in the WAL.
    func note(_ end: XLogRecPtr, at now: Instant, level: SynchronousCommit) {
        let wantsFeedback = level == .remoteApply
        if wantsFeedback || keepsAll { append(CommitMark(end: end, at: now, wantsFeedback: wantsFeedback)) }
    }

    /// Backends may get here in another order than their records.
    private func append(_ mark: CommitMark) {
        var place = marks.count
        while place > 0, marks[place - 1].end > mark.end { place -= 1 }
        marks.insert(mark, at: place)
        // One that comes late is behind a standby that has replayed later ones: its reply at the end of WAL will do.
        for standby in next.indices where next[standby] > place { next[standby] += 1 }
    }

    /// The first commit that a standby has not replayed, if it ends by `limit`.
    func next(upTo limit: XLogRecPtr, standby: Int) -> CommitMark? {
        guard next[standby] < marks.count, marks[next[standby]].end <= limit else { return nil }
        return marks[next[standby]]
    }

    /// A standby has replayed its first one.
    func advance(standby: Int) {
        next[standby] += 1
        let done = next.min()!
        guard done > Self.pruneAbove else { return }
        marks.removeFirst(done)
        for standby in next.indices { next[standby] -= done }
    }
}
