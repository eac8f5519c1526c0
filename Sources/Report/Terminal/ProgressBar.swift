import Foundation
import Synchronization

/// A line on standard error that shows how far a long run is and how long it will still take.
///
/// It shows nothing where standard error is no terminal, nor in the first half second, and erases itself at the end.
/// Several threads may report to one bar.
public final class ProgressBar: Sendable {
    /// Seconds before the first drawing, and between two.
    private static let patience = 0.5
    private static let pause = 0.1

    private let capabilities: TerminalCapabilities
    private let label: String
    private let clock: @Sendable () -> Double
    private let write: @Sendable (String) -> Void
    private let started: Double
    /// When the bar was last drawn; nil while nothing of it is on the screen.
    private let drawn = Mutex<Double?>(nil)

    /// A bar on standard error in front of which stands `label`.
    public convenience init(label: String) {
        let start = ContinuousClock.now
        self.init(
            label: label, on: .detect(fileDescriptor: STDERR_FILENO),
            clock: { (ContinuousClock.now - start) / .seconds(1) },
            write: StandardStreams.say)
    }

    init(
        label: String, on capabilities: TerminalCapabilities, clock: @escaping @Sendable () -> Double,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.capabilities = capabilities
        self.clock = clock
        self.write = write
        started = clock()
    }

    /// Draws the bar anew, if it is time: `fraction` of the work, 0...1, is done.
    public func update(_ fraction: Double) {
        guard capabilities.isTerminal else { return }
        drawn.withLock { drawn in
            let now = clock()
            let elapsed = now - started
            guard elapsed >= Self.patience, now - (drawn ?? -.infinity) >= Self.pause else { return }
            drawn = now
            write("\r" + Self.line(label, fraction, elapsed: elapsed, on: capabilities) + "\u{1B}[K")
        }
    }

    /// Erases the bar; later updates draw it again.
    public func finish() {
        drawn.withLock { drawn in
            if drawn != nil { write("\r\u{1B}[K") }
            drawn = nil
        }
    }

    /// `burst-insert  ██████▌       45 %  3 s left`, one column short of the terminal's width.
    static func line(
        _ label: String, _ fraction: Double, elapsed: Double, on capabilities: TerminalCapabilities
    ) -> String {
        let fraction = min(max(fraction, 0), 1)
        let percent = HumanText.fixed(fraction * 100, 0) + " %"
        let left = fraction > 0 ? remaining(elapsed * (1 - fraction) / fraction) + " left" : ""
        let width = max(min(40, capabilities.width - label.count - 28), 4)
        let bar = capabilities.glyphs.bar(fraction, width: width)
        let blank = String(repeating: " ", count: width - bar.count)
        let padding = String(repeating: " ", count: max(5 - percent.count, 0))
        return String("\(label)  \(bar)\(blank) \(padding)\(percent)  \(left)".prefix(capabilities.width - 1))
    }

    /// `45 s`, `3 min 20 s` or `2 h 5 min`.
    private static func remaining(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded(.up))
        return switch whole {
        case ..<60: "\(whole) s"
        case ..<3_600: "\(whole / 60) min \(whole % 60) s"
        default: "\(whole / 3_600) h \(whole / 60 % 60) min"
        }
    }
}
