import SimTime

/// The devices of a machine.
final class Storage {
    /// Where WAL is written to.
    var wal: StorageDevice
    /// Where data files are; nil: on the WAL's device.
    private var ownData: StorageDevice?

    init(wal: StorageDevice, data: StorageDevice? = nil) {
        self.wal = wal
        ownData = data
    }

    /// Hands a run of pages of a data file to the device; when it has taken them.
    func writeBack(_ files: inout DataFileCache, file: Int, pages: Int, at now: Instant) -> Instant {
        guard ownData != nil else { return files.writeBack(file: file, pages: pages, to: &wal, at: now) }
        return files.writeBack(file: file, pages: pages, to: &ownData!, at: now)
    }

    /// Hands all that is left of a data file to the device; when it has done all of the file.
    func writeBackAll(_ files: inout DataFileCache, file: Int, at now: Instant) -> Instant {
        guard ownData != nil else { return files.writeBackAll(file: file, to: &wal, at: now) }
        return files.writeBackAll(file: file, to: &ownData!, at: now)
    }

    /// Tells the device of data files to make durable what it has; when that is done.
    func syncData(at now: Instant) -> Instant {
        guard ownData != nil else { return wal.sync(at: now, bytes: 0) }
        return ownData!.sync(at: now, bytes: 0)
    }
}
