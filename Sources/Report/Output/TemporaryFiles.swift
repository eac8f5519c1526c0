import Foundation
import Synchronization

/// The files under temporary names that this program has begun, and the folders that it has made for files: however it
/// ends, short of being killed, it removes files that have not taken their places, and folders that are empty.
final class TemporaryFiles: Sendable {
    static let shared = TemporaryFiles()

    private let paths = Mutex<Set<String>>([])
    private let folders = Mutex<Set<String>>([])

    private init() { atexit { TemporaryFiles.shared.removeAll() } }

    func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    /// The file is complete and in its place, or has been removed.
    func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Folders were made, which are of use only with files in them.
    func insert(folders made: [String]) { folders.withLock { $0.formUnion(made) } }

    private func removeAll() {
        paths.withLock { paths in
            for path in paths { unlink(path) }
            paths.removeAll()
        }
        // Folders before those that they are in. One with files in it stays: the operating system does not remove it.
        folders.withLock { for folder in $0.sorted(by: { $0.count > $1.count }) { rmdir(folder) } }
    }
}
