import Foundation
import Synchronization

/// Whether the user has asked by Ctrl-C to end the run.
final class Interrupt: Sendable {
    static let shared = Interrupt()

    private let requested = Atomic<Bool>(false)

    var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// From now on Ctrl-C asks runs to end with what they have; a second one ends the process at once.
    ///
    /// A plain handler and no dispatch source: from the first instant on it takes the place of what ends the process,
    /// while a source would still miss the signals that come before it listens.
    func install() {
        signal(SIGINT) { _ in
            // `shared` exists by now, and an atomic flag is all that a handler may touch.
            if Interrupt.shared.requested.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
        }
        // A program that starts this one may have the signal blocked, and a blocked signal is inherited.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }
}
