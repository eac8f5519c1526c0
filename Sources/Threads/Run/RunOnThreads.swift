import Instrumentation
import Postgres

/// A run on real threads with the evidence that it was sound.
public struct ThreadRunOutcome: Sendable {
    /// What was measured.
    public var result: RunResult
    /// What the processes say they did.
    public var audit: ProcessAudit
    /// What the segment files held after the run.
    public var wal: WALCheck
    /// What the device had made durable by the end.
    public var durableUpTo: XLogRecPtr

    /// Where the two disagree; empty for a sound run.
    public var defects: [String] {
        var defects = audit.premature.prefix(3).map {
            "the commit ending at \(formatLSN($0.end)) was acknowledged when \(formatLSN($0.durableUpTo)) was durable"
        }
        if wal.end < durableUpTo {
            defects.append(
                "\(formatLSN(durableUpTo)) was durable, but the WAL ends at \(formatLSN(wal.end)): \(wal.stopReason)")
        }
        let found = Set(wal.commitEnds)
        let lost = audit.acknowledged.filter { !found.contains($0) }
        if let first = lost.min() {
            defects.append("\(lost.count) acknowledged commits are lost, the first ends at \(formatLSN(first))")
        }
        return defects
    }
}

/// Runs PostgreSQL's commit path on real threads, semaphores and files: the code that the simulation runs, unchanged.
///
/// The result is of the same kind as a simulated run's, except that nothing about it repeats: `digest` is 0, and the
/// timeline and the session counts are empty. A process's time from a wake-up to its running counts as asleep.
/// After the run the segment files are read back; they are removed unless `keepsSegments` is set.
/// - Parameter shouldStop: asked many times a second; true ends the run early.
/// - Throws: `ThreadRunError`.
public func runOnThreads(_ spec: ThreadRunSpec, shouldStop: () -> Bool = { false }) throws -> RunResult {
    let outcome = try runOnThreadsWithEvidence(spec, shouldStop: shouldStop)
    guard outcome.defects.isEmpty else { throw ThreadRunError.unsound(outcome.defects) }
    return outcome.result
}

/// As `runOnThreads`, but returns the evidence too and leaves the judgement to the caller.
public func runOnThreadsWithEvidence(
    _ spec: ThreadRunSpec, shouldStop: () -> Bool = { false }
) throws -> ThreadRunOutcome {
    try spec.validate()
    let format = WALPageFormat(release: spec.release, segmentSize: spec.settings.walSegmentSize)
    let directory = try DataDirectory(path: spec.dataDirectory, format: format)
    defer { if !spec.keepsSegments { directory.removeFiles() } }
    // Two segments before the start, as a server has recycled ones; the writer makes more when it gets there.
    for segment in UInt64(1)...2 { try directory.createSegment(segment) }
    let server = ThreadServer(spec, in: directory)
    let (result, audit) = try server.run(shouldStop)
    let wal = try verifyWAL(
        directory: spec.dataDirectory, release: spec.release, segmentSize: spec.settings.walSegmentSize)
    return ThreadRunOutcome(result: result, audit: audit, wal: wal, durableUpTo: server.durableUpTo)
}
