import Instrumentation
import Postgres
import SimTime
import WaitEvents

/// The recorder of a server whose processes are threads: one lock around it, and times that are read inside the lock so
/// that they never go backwards.
final class SharedRecorder: @unchecked Sendable {
    private let lock = NativeLock()
    private let clock: Clock
    // Both protected by `lock`.
    private let recorder: Recorder
    private let inserted: InsertedWAL

    /// The head of the WAL, from the records that backends say they inserted: the true one is in the middle of
    /// changes while threads run.
    private final class InsertedWAL {
        var usableBytes: UInt64
        let geometry: WALGeometry

        init(_ xlog: XLogCtl<ThreadMachine>) {
            geometry = xlog.geometry
            usableBytes = xlog.geometry.XLogRecPtrToBytePos(xlog.start)
        }

        var head: XLogRecPtr { geometry.XLogBytePosToEndRecPtr(usableBytes) }
    }

    init(_ server: Server<ThreadMachine>, processes: [BackendType], clock: Clock) {
        self.clock = clock
        let inserted = InsertedWAL(server.xlog)
        self.inserted = inserted
        recorder = Recorder(
            release: server.release, processes: processes, lockEvents: server.lockEvents,
            recordTypes: server.recordTypes)
        recorder.gauges = Recorder.Gauges(
            insertHead: { inserted.head }, busy: { Clock.processCPU }, cores: Clock.onlineProcessors)
    }

    /// Tells the recorder something that happens now.
    @inline(__always)
    func record<Result>(_ body: (Recorder, Instant) -> Result) -> Result {
        lock.withLock { body(recorder, clock.now) }
    }

    func recordInserted(type: Int, length: Int, images: Int, imageBytes: Int) {
        lock.withLock {
            recorder.recordInserted(type: type, length: length, images: images, imageBytes: imageBytes)
            inserted.usableBytes += WALFormat.aligned(length)
        }
    }
}
