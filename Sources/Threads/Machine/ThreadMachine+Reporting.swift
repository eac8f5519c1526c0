import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// What a process tells its observer.
extension ThreadMachine {
    func report(_ event: WaitEvent) {
        host.recorder.record { $0.report(number, event, $1) }
    }

    func observe(_ observation: Observation) {
        let recorder = host.recorder
        switch observation {
        case .lockAcquired(let lock, let exclusive):
            if exclusive { recorder.record { $0.lockAcquired(lock, by: number, $1) } }
        case .lockReleased(let lock), .heavyweightReleased(let lock):
            recorder.record { $0.lockReleased(lock, by: number, $1) }
        case .lockWaitStarted(let lock):
            recorder.record { $0.lockWait(lock, by: number, begins: true, $1) }
        case .lockWaitDone(let lock), .heavyweightWaitDone(let lock):
            recorder.record { $0.lockWait(lock, by: number, begins: false, $1) }
        case .heavyweightWaitStarted(let lock, let holder):
            recorder.record { $0.heavyweightWaitStarted(lock, heldBy: holder, by: number, $1) }
        case .recordInserted(let type, let length, let imageBytes, let images):
            audit.recordsInserted += 1
            recorder.recordInserted(type: type, length: length, images: Int(images), imageBytes: imageBytes)
        case .walWritten(let took):
            recorder.record { recorder, _ in recorder.walWritten(took: took) }
        case .walSynced(let took):
            recorder.record { recorder, _ in recorder.walSynced(took: took) }
        case .walBufferEvicted:
            recorder.record { recorder, _ in recorder.walBufferEvicted() }
        case .flushed(let position):
            recorder.record { recorder, _ in recorder.flushed(upTo: position) }
        case .committed(let end, let synchronous):
            audit.committed(end, isSynchronous: synchronous)
            recorder.record { recorder, _ in recorder.committed(end: end) }
        case .checkpoint(let what): recorder.record { record(what, $0, $1) }
        case .segment(let what): recorder.record { recorder, _ in record(what, recorder) }
        // Standbys are the simulated machine's alone.
        case .syncRepWaitStarted, .syncRepWaitDone, .walSent, .standbyReplied, .walSenderSlept, .standbysConfirmed,
            .waitersReleased, .standbyFlushed, .replayed:
            break
        }
    }

    private func record(_ observation: CheckpointObservation, _ recorder: Recorder, _ now: Instant) {
        switch observation {
        case .started(let timed, let tooOften): recorder.checkpointStarted(timed: timed, tooOften: tooOften, now)
        case .synced(let writeTime, let syncTime): recorder.checkpointSynced(writeTime: writeTime, syncTime: syncTime)
        case .bufferWritten: recorder.checkpointBufferWritten()
        case .ended(let isDone): recorder.checkpointEnded(isDone: isDone, now)
        case .redo, .paced: break
        }
    }

    private func record(_ observation: SegmentObservation, _ recorder: Recorder) {
        switch observation {
        case .created: recorder.segmentCreated()
        case .recycled: recorder.segmentRecycled()
        case .removed: recorder.segmentRemoved()
        }
    }
}
