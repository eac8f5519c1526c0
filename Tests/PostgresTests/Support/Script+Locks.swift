@testable import Postgres

/// The two steps that most transcripts of locks are made of.
extension Script {
    /// An idle session takes the lock for itself, or begins to wait for it.
    func take(_ name: String, _ lock: Lock) {
        begin(name, "take") { $0.LWLockAcquire(lock, .exclusive) }
    }

    /// An idle session that has the lock for itself lets go of it.
    func release(_ name: String, _ lock: Lock) {
        begin(name, "release") { $0.LWLockRelease(lock) }
    }
}
