/// Results could not be written. The command's exit status for it is 73 (EX_CANTCREAT of sysexits.h).
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The folder or file that was asked for.
    public var path: String
    /// What the operating system said, and of which file.
    public var reason: String

    /// An error about `path`.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// `results: cannot be written: summary.csv: Permission denied`.
    public var description: String { "\(path): cannot be written: \(reason)" }
}
