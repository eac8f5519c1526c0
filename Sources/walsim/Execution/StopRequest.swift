import Foundation
import Synchronization

/// The user's wish by Ctrl-C, or an operator's by SIGTERM or SIGHUP, that the run end with what it has.
final class StopRequest: Sendable {
    static let shared = StopRequest()

    /// When somebody first asked, in nanoseconds of a clock that never goes back; 0: nobody has.
    private let first = Atomic<Int64>(0)

    /// Whether somebody has asked.
    var isMade: Bool { first.load(ordering: .relaxed) != 0 }

    /// Signals within that time of the first one, in nanoseconds, are the same request: `timeout` signals a program and
    /// then the group that it is in, and nobody presses keys that fast.
    static let oneRequest: Int64 = 200_000_000

    /// A signal came. Returns whether it is one of impatience, which ends the process at once.
    func heard(at now: Int64) -> Bool {
        let (isFirst, since) = first.compareExchange(expected: 0, desired: max(now, 1), ordering: .relaxed)
        return !isFirst && now - since >= Self.oneRequest
    }

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
            // `shared` exists by now; an atomic number and a clock are all that a handler may touch.
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            let now = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
            if StopRequest.shared.heard(at: now) { _exit(ExitStatus.interrupted.rawValue) }
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
