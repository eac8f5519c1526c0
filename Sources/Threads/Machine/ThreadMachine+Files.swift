import Postgres

/// Files, for real. A call that reaches the device puts the thread to sleep; a write into the page cache keeps it
/// running.
extension ThreadMachine {
    // MARK: WAL

    func writeWAL(firstSlot: Int, pages: Int, segment: UInt64, offset: UInt64, durable: Bool) {
        let write = { [device = host.device] in
            device.write(firstSlot: firstSlot, pages: pages, segment: segment, offset: offset, durable: durable)
        }
        if durable { asleep { write() } } else { write() }
    }

    func syncWAL(segment: UInt64, method: WALSyncMethod) {
        asleep { host.device.sync(segment: segment, method: method) }
    }

    // MARK: Segments

    func writeNewSegment(isZeroFilled: Bool) {
        host.device.writeNewSegment(by: number, isZeroFilled: isZeroFilled)
    }

    func syncNewSegment() { asleep { host.device.syncNewSegment(by: number) } }
    func installNewSegment(as segment: UInt64) { host.device.installNewSegment(by: number, as: segment) }
    func discardNewSegment() { host.device.discardNewSegment(by: number) }
    func renameSegment(_ old: UInt64, to new: UInt64) { host.device.renameSegment(old, to: new) }
    func removeSegment(_ segment: UInt64) { host.device.removeSegment(segment) }
    func syncWALDirectory() { asleep { host.device.syncWALDirectory() } }

    // MARK: Data files

    func writeDataPage(file: Int, block: Int) {
        host.device.attempt { [files = host.device.dataFiles] () throws(ThreadRunError) in
            try files.write(file: file, block: block)
        }
    }

    func writeBackDataPages(file: Int, firstBlock: Int, count: Int) {
        host.device.attempt { [files = host.device.dataFiles] () throws(ThreadRunError) in
            try files.writeBack(file: file, firstBlock: firstBlock, count: count)
        }
    }

    func syncDataFile(_ file: Int) {
        asleep {
            host.device.attempt { [device = host.device] () throws(ThreadRunError) in
                try device.dataFiles.sync(file: file)
                device.awaitDevice()
            }
        }
    }
}
