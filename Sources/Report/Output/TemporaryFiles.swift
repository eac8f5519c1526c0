import Foundation
import Synchronization

/// The files under temporary names that this program has begun: however it ends, short of being killed, it removes
/// those that have not taken their places.
final class TemporaryFiles: Sendable {
    static let shared = TemporaryFiles()

    private let paths = Mutex<Set<String>>([])

    private init() { atexit { TemporaryFiles.shared.removeAll() } }

    func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    /// The file is complete and in its place, or has been removed.
    func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    private func removeAll() {
        paths.withLock { paths in
            for path in paths { unlink(path) }
            paths.removeAll()
        }
    }
}
