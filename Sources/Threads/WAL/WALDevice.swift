import Postgres
import SimTime

/// Writes WAL buffers to segment files, makes them durable, and keeps its own account of what is durable: the end of
/// the last record that it finds whole in the files, never what the algorithms say they wrote.
final class WALDevice: @unchecked Sendable {
    private let lock = NativeLock()
    private let clock: Clock
    private let buffers: WALBuffers
    private let syncLatency: Nanoseconds
    /// Where pages are copied to on their way to the file.
    private let staging: UnsafeMutableRawPointer
    // All below are protected by `lock`, held for the length of a call as a device serves one after the other.
    let directory: DataDirectory
    let dataFiles: DataFiles
    private let file: SegmentFile
    private let reader: WALReader
    /// Segments written since their last sync.
    private var unsynced: Set<UInt64> = []
    private var firstFailure: ThreadRunError?
    // Written under `lock`, read by anybody.
    private let durable: ThreadWord
    private let failed: ThreadWord

    init(
        _ directory: DataDirectory, buffers: WALBuffers, pages: Int, settings: Settings, syncLatency: Nanoseconds,
        clock: Clock, memory: ThreadMemory
    ) {
        self.clock = clock
        self.buffers = buffers
        self.syncLatency = syncLatency
        staging = .allocate(byteCount: pages * Int(WALFormat.pageSize), alignment: Int(WALFormat.pageSize))
        self.directory = directory
        dataFiles = DataFiles(directory)
        file = SegmentFile(directory, method: settings.walSyncMethod, fsync: settings.fsync)
        reader = WALReader(directory: directory.path, format: directory.format)
        failed = memory.makeWord(0)
        durable = memory.makeWord(directory.format.geometry.segmentSize)
    }

    deinit { staging.deallocate() }

    /// Waits out the modelled device. The caller holds `lock`.
    func awaitDevice() {
        if syncLatency > .zero { clock.sleep(until: clock.now + syncLatency) }
    }

    /// Every record that ends at or before this survives a power failure.
    var durableUpTo: XLogRecPtr { durable.load() }

    /// True after a call failed. From then on nothing is written or becomes durable, and the run is void.
    var hasFailed: Bool { failed.load() != 0 }
    /// The first failure.
    var failure: ThreadRunError? { lock.withLock { firstFailure } }

    /// Writes consecutive buffers; with `durable` also makes them so, as O_DSYNC does.
    func write(firstSlot: Int, pages: Int, segment: UInt64, offset: UInt64, durable: Bool) {
        attempt { () throws(ThreadRunError) in
            try file.select(segment)
            buffers.snapshot(firstSlot: firstSlot, pages: pages, into: staging)
            let count = pages * Int(WALFormat.pageSize)
            try file.write(UnsafeRawBufferPointer(start: staging, count: count), at: offset)
            try reader.skipToEnd()
            if durable { becomeDurable(upTo: reader.position) } else { unsynced.insert(segment) }
        }
    }

    /// Makes durable what was written to a segment before this call.
    func sync(segment: UInt64, method: WALSyncMethod) {
        attempt { () throws(ThreadRunError) in
            let written = reader.position
            try file.select(segment)
            try file.sync(method)
            unsynced.remove(segment)
            becomeDurable(upTo: written)
        }
    }

    /// Waits out the modelled device, then moves the durable position, at most to the first segment that still has
    /// unsynced writes.
    private func becomeDurable(upTo position: XLogRecPtr) {
        awaitDevice()
        let segmentSize = reader.format.geometry.segmentSize
        let limit = unsynced.min().map { $0 * segmentSize } ?? .max
        durable.store(max(durable.load(), min(position, limit)))
    }

    /// Runs a call that the device serves alone, unless one has failed before.
    func attempt(_ body: () throws(ThreadRunError) -> Void) {
        lock.withLock {
            guard firstFailure == nil else { return }
            do throws(ThreadRunError) {
                try body()
            } catch {
                firstFailure = error
                failed.store(1)
            }
        }
    }
}
