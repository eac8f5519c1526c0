import Instrumentation
import Postgres
import SimTime

/// What the checkpointer tells, in the recorder's own words.
extension Recorder {
    func record(_ observation: CheckpointObservation, _ now: Instant) {
        switch observation {
        case .started(let timed, let tooOften): checkpointStarted(timed: timed, tooOften: tooOften, now)
        case .synced(let writeTime, let syncTime): checkpointSynced(writeTime: writeTime, syncTime: syncTime)
        case .bufferWritten: checkpointBufferWritten()
        case .ended(let isDone): checkpointEnded(isDone: isDone, now)
        case .redo, .paced: break
        }
    }

    func record(_ observation: SegmentObservation) {
        switch observation {
        case .created: segmentCreated()
        case .recycled: segmentRecycled()
        case .removed: segmentRemoved()
        }
    }
}
