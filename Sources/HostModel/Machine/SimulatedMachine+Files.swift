import Postgres
import SimTime

/// Files and the devices that they are on.
extension SimulatedMachine {
    // MARK: WAL

    public func writeWAL(firstSlot: Int, pages: Int, segment: UInt64, offset: UInt64, durable: Bool) {
        let start = segment * instance.segmentSize + offset
        let bytes = UInt64(pages) * WALFormat.pageSize
        if isExploring { probe?.writeBegan(firstSlot: firstSlot, pages: pages, at: start, durable: durable) }
        if durable { awaitDevice(instance.storage.wal.write(at: now, bytes: bytes)) }
        instance.durability.wrote(upTo: start + bytes, durably: durable)
        if isExploring { probe?.writeEnded(durable: durable) }
    }

    public func syncWAL(segment: UInt64, method: WALSyncMethod) {
        let written = instance.durability.written
        if isExploring { probe?.syncBegan(segment: segment) }
        awaitDevice(instance.storage.wal.sync(at: now, bytes: instance.durability.unsyncedBytes))
        instance.durability.synced(upTo: written)
        if isExploring { probe?.syncEnded(segment: segment) }
    }

    // MARK: Segments

    // Zeros go to the page cache, for which `segmentFill` was paid; the device gets them with the sync.
    public func writeNewSegment(isZeroFilled: Bool) {
        process.pointee.newSegmentBytes = isZeroFilled ? instance.segmentSize : WALFormat.pageSize
    }

    public func syncNewSegment() {
        awaitDevice(instance.storage.wal.sync(at: now, bytes: process.pointee.newSegmentBytes))
    }

    // Names are the server's business: nothing in the simulation opens a file by its name.
    public func installNewSegment(as segment: UInt64) { settle() }
    public func discardNewSegment() { settle() }
    public func renameSegment(_ old: UInt64, to new: UInt64) { settle() }
    public func removeSegment(_ segment: UInt64) { settle() }

    public func syncWALDirectory() { awaitDevice(instance.storage.wal.sync(at: now, bytes: 0)) }

    // MARK: Data files

    public func writeDataPage(file: Int, block: Int) {
        settle()
        instance.dataFiles.write(file: file, block: block)
    }

    public func writeBackDataPages(file: Int, firstBlock: Int, count: Int) {
        awaitDevice(instance.storage.writeBack(&instance.dataFiles, file: file, pages: count, at: now))
    }

    public func syncDataFile(_ file: Int) {
        // The device's cache is told to keep what it has once the file's last page has arrived there.
        awaitDevice(instance.storage.writeBackAll(&instance.dataFiles, file: file, at: now))
        awaitDevice(instance.storage.syncData(at: now))
    }
}
