/// How much WAL may lie between checkpoints, and how many segments are kept for it: arithmetic on settings alone
/// (src/backend/access/transam/xlog.c).
public struct CheckpointDistance: Sendable, Equatable {
    /// `wal_segment_size`, in bytes.
    let segmentSize: UInt64
    /// `max_wal_size` and `min_wal_size`, in segments.
    let maxSegments: UInt64
    let minSegments: UInt64
    /// `checkpoint_completion_target`.
    let completionTarget: Double
    /// For how many checkpoints WAL is kept besides the one that runs: 1 from release 11 on, 2 before.
    let keptCheckpoints: Double

    /// What a server's settings come to.
    /// - Parameter keepsTwoCheckpoints: whether the WAL of two checkpoints is kept, as up to release 10.
    public init(_ settings: Settings, keepsTwoCheckpoints: Bool) {
        segmentSize = settings.walSegmentSize
        maxSegments = Self.segments(megabytes: settings.maxWALSize, segmentSize)
        minSegments = Self.segments(megabytes: settings.minWALSize, segmentSize)
        completionTarget = settings.checkpointCompletionTarget
        keptCheckpoints = keepsTwoCheckpoints ? 2 : 1
    }

    /// Whole segments in a size of megabytes (xlog_internal.h, ConvertToXSegs).
    static func segments(megabytes: Int, _ segmentSize: UInt64) -> UInt64 {
        (UInt64(max(megabytes, 0)) << 20) / segmentSize
    }

    /// After how many segments a checkpoint is asked for, so that the one then running ends before `max_wal_size`
    /// (xlog.c, CalculateCheckpointSegments).
    public var checkPointSegments: UInt64 {
        max(UInt64(Double(maxSegments) / (keptCheckpoints + completionTarget)), 1)
    }

    /// The last segment worth having once a checkpoint with its redo point at `redo` is done: as far as WAL will come
    /// by the end of the next one, and a tenth more (xlog.c, XLOGfileslop).
    /// - Parameter estimate: the WAL between two redo points, as estimated.
    public func recycleHorizon(redo: XLogRecPtr, estimate: Double) -> UInt64 {
        let redoSegment = redo / segmentSize
        let distance = (keptCheckpoints + completionTarget) * estimate * 1.10
        let wanted = UInt64(((Double(redo) + distance) / Double(segmentSize)).rounded(.up))
        let least = redoSegment + max(minSegments, 1) - 1
        let most = redoSegment + max(maxSegments, 1) - 1
        return min(max(wanted, least), most)
    }

    /// The next estimate of the WAL between two redo points after one of `bytes`: up at once, down by a tenth of the
    /// difference (xlog.c, UpdateCheckPointDistanceEstimate).
    public static func estimate(after bytes: UInt64, before estimate: Double) -> Double {
        estimate < Double(bytes) ? Double(bytes) : 0.90 * estimate + 0.10 * Double(bytes)
    }
}
