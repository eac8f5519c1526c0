import SimTime

/// The device of data files, which may be the one of the WAL.
extension Host {
    /// Hands pages of a file to the device; when it has taken them.
    func writeBack(file: Int, pages: Int) -> Instant {
        guard dataDevice != nil else {
            return dataFiles.writeBack(file: file, pages: pages, to: &walDevice, at: kernel.now)
        }
        return dataFiles.writeBack(file: file, pages: pages, to: &dataDevice!, at: kernel.now)
    }

    /// Hands all that is left of a file to the device; when it has done all of the file.
    func writeBackAll(file: Int) -> Instant {
        guard dataDevice != nil else { return dataFiles.writeBackAll(file: file, to: &walDevice, at: kernel.now) }
        return dataFiles.writeBackAll(file: file, to: &dataDevice!, at: kernel.now)
    }

    /// Tells the device to make durable what it has; when that is done.
    func syncDataDevice() -> Instant {
        guard dataDevice != nil else { return walDevice.sync(at: kernel.now, bytes: 0) }
        return dataDevice!.sync(at: kernel.now, bytes: 0)
    }
}
