import Dispatch
import Foundation
import Synchronization

/// Whether the user has asked by Ctrl-C to end the run.
final class Interrupt: Sendable {
    static let shared = Interrupt()

    private let requested = Atomic<Bool>(false)
    private let source = Mutex<SignalSource?>(nil)

    private struct SignalSource: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }

    var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// From now on Ctrl-C asks runs to end with what they have; a second one ends the process at once.
    func install() {
        signal(SIGINT, SIG_IGN)
        let signals = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        signals.setEventHandler { [self] in
            if requested.exchange(true, ordering: .relaxed) { exit(ExitStatus.interrupted.rawValue) }
        }
        signals.resume()
        source.withLock { $0 = SignalSource(source: signals) }
    }
}
