import Postgres
import SimTime

/// What the checker knows of the checkpoint under way.
struct WatchedCheckpoint {
    var began = Instant.zero
    /// Where the write request stood when it began, and at the last decision to sleep or to go on.
    var startPosition: XLogRecPtr = 0
    var lastRequest: XLogRecPtr = 0
    var redo: XLogRecPtr = 0
    /// The redo point before that one.
    var priorRedo: XLogRecPtr = 0
}

/// Checkpoints and segments.
extension InvariantChecker {
    func observed(_ observation: CheckpointObservation) {
        switch observation {
        case .started:
            checkpoint.began = cluster.simulation.kernel.now
            checkpoint.startPosition = xlog.writeRequested
            checkpoint.lastRequest = xlog.writeRequested
        case .redo(let position): redoMoved(position)
        case .paced(let progress, let sleeps): checkPace(progress, sleeps)
        case .bufferWritten(let lsn): checkPageIsLogged(lsn)
        case .synced: break
        case .ended(let isDone):
            if isDone && checkpoint.redo > xlog.flushedUpTo {
                fail(.checkpoints, "a checkpoint is done whose redo point \(formatLSN(checkpoint.redo)) is not flushed")
            }
        }
    }

    private func redoMoved(_ position: XLogRecPtr) {
        if position < checkpoint.redo || position > xlog.insertHead + WALFormat.longHeader {
            fail(
                .checkpoints,
                "the redo point moves from \(formatLSN(checkpoint.redo)) to \(formatLSN(position)),"
                    + " reserved up to \(formatLSN(xlog.insertHead))")
        }
        checkpoint.priorRedo = checkpoint.redo
        checkpoint.redo = position
    }

    /// A checkpoint sleeps when it is ahead of both time and WAL, and only then. The WAL's share is read a moment
    /// before the decision is told: it was at least what the decision before knew, and at most what it is now.
    private func checkPace(_ progress: Double, _ sleeps: Bool) {
        let settings = server.settings
        let scaled = progress * settings.checkpointCompletionTarget
        let time = (cluster.simulation.kernel.now - checkpoint.began).seconds / Double(settings.checkpointTimeout)
        let segments = Double(
            CheckpointDistance(settings, keepsTwoCheckpoints: release < .v15).checkPointSegments)
        let share = { [size = Double(settings.walSegmentSize), start = self.checkpoint.startPosition] in
            Double($0 - start) / size / segments
        }
        if sleeps && (scaled < time || scaled < share(checkpoint.lastRequest)) {
            fail(.checkpoints, "a checkpoint sleeps with \(progress) done, behind its schedule")
        }
        if !sleeps && scaled >= time && scaled >= share(xlog.writeRequested) {
            fail(.checkpoints, "a checkpoint goes on with \(progress) done, ahead of its schedule")
        }
        checkpoint.lastRequest = xlog.writeRequested
    }

    private func checkPageIsLogged(_ lsn: XLogRecPtr) {
        if lsn > (server.settings.fsync ? device.durable : xlog.flushedUpTo) {
            fail(
                .dataPages,
                "a page changed up to \(formatLSN(lsn)) goes out, the device has WAL up to \(formatLSN(device.durable))"
            )
        }
    }

    func observed(_ observation: SegmentObservation) {
        switch observation {
        case .created: break
        case .recycled(let segment), .removed(let segment):
            // Up to release 10 the WAL of two checkpoints is kept.
            let needed = release < .v15 ? checkpoint.priorRedo : checkpoint.redo
            if segment >= needed / server.settings.walSegmentSize {
                fail(.segments, "segment \(segment) is given up, recovery may begin at \(formatLSN(needed))")
            }
        }
    }

    /// A segment that is written to its end is durable to its end.
    func checkFinishedSegments(_ now: Positions) {
        let size = server.settings.walSegmentSize
        if now.written / size * size > now.flushed {
            fail(.segments, "written up to \(formatLSN(now.written)), flushed up to \(formatLSN(now.flushed))")
        }
        if (now.written - 1) / size > server.newestSegment {
            fail(.segments, "written up to \(formatLSN(now.written)), the newest segment is \(server.newestSegment)")
        }
    }
}
