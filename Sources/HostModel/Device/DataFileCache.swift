import Postgres
import SimTime

/// What the operating system keeps of data files: pages that were written and not handed to the device yet.
///
/// Only counts are kept. Pages written one behind the other in a file go to the device in one request.
struct DataFileCache {
    private struct File {
        /// Pages that only the operating system has, and in how many runs of neighbours they lie.
        var pages: UInt64 = 0
        var runs: UInt64 = 0
        var lastBlock = -2
        /// When the device has done all that it was handed.
        var doneAt = Instant.zero
    }

    private var files: [File] = []

    /// A page was written to a file.
    mutating func write(file: Int, block: Int) {
        while files.count <= file { files.append(File()) }
        files[file].pages += 1
        if files[file].runs == 0 || block != files[file].lastBlock + 1 { files[file].runs += 1 }
        files[file].lastBlock = block
    }

    /// Hands a run of pages to the device; returns when the device takes it, until when the caller is held up.
    mutating func writeBack(file: Int, pages count: Int, to device: inout StorageDevice, at now: Instant) -> Instant {
        guard file < files.count else { return now }
        files[file].pages -= min(UInt64(count), files[file].pages)
        files[file].runs = files[file].pages == 0 ? 0 : max(files[file].runs, 2) - 1
        let request = device.writeBehind(at: now, bytes: UInt64(count) * DataFile.blockSize)
        files[file].doneAt = max(files[file].doneAt, request.end)
        return request.begin
    }

    /// Hands all that is left of a file to the device; returns when the device has done everything of the file.
    mutating func writeBackAll(file: Int, to device: inout StorageDevice, at now: Instant) -> Instant {
        guard file < files.count else { return now }
        let (pages, runs) = (files[file].pages, files[file].runs)
        if runs > 0 {
            for run in 0..<runs {
                // As even as whole pages allow.
                let count = pages * (run + 1) / runs - pages * run / runs
                let request = device.writeBehind(at: now, bytes: count * DataFile.blockSize)
                files[file].doneAt = max(files[file].doneAt, request.end)
            }
        }
        files[file].pages = 0
        files[file].runs = 0
        return max(files[file].doneAt, now)
    }
}
