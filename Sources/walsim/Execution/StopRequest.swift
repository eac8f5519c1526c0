import Foundation
import Synchronization

/// The user's wish by Ctrl-C, or an operator's by SIGTERM or SIGHUP, that the run end with what it has.
final class StopRequest: Sendable {
    static let shared = StopRequest()

    private let made = Atomic<Bool>(false)

    /// Whether somebody has asked.
    var isMade: Bool { made.load(ordering: .relaxed) }

    /// From now on Ctrl-C asks runs to end with what they have; a second one ends the process at once.
    ///
    /// A plain handler and no dispatch source: from the first instant on it takes the place of what ends the process,
    /// while a source would still miss the signals that come before it listens.
    func install() {
        hear(SIGINT)
        hear(SIGTERM)
        // nohup has it ignored, and means it.
        if !Self.isIgnored(SIGHUP) { hear(SIGHUP) }
    }

    private func hear(_ number: Int32) {
        signal(number) { _ in
            // `shared` exists by now, and an atomic flag is all that a handler may touch.
            if StopRequest.shared.made.exchange(true, ordering: .relaxed) { _exit(ExitStatus.interrupted.rawValue) }
        }
        // A program that starts this one may have the signal blocked, and a blocked signal is inherited.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
