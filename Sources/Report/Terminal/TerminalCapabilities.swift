import Foundation

/// What the place that output goes to can show.
public struct TerminalCapabilities: Sendable, Equatable {
    /// False for files and pipes.
    public var isTerminal: Bool
    /// Columns.
    public var width: Int
    /// Whether to write ECMA-48 colour sequences.
    public var colour: Bool
    /// False where block elements would come out as rubbish.
    public var unicode: Bool

    /// Fixed capabilities, whatever the environment says.
    public init(isTerminal: Bool, width: Int, colour: Bool, unicode: Bool) {
        self.isTerminal = isTerminal
        self.width = width
        self.colour = colour
        self.unicode = unicode
    }

    var glyphs: Glyphs { unicode ? .unicode : .ascii }

    /// What `stream` (standard output or error) can show, by its device and the environment.
    ///
    /// Colour needs a terminal, a `TERM` other than `dumb`, and no `NO_COLOR`. A terminal's own width wins over
    /// `COLUMNS`; files are at least 80 columns wide. Unicode follows the locale that `LC_ALL`, `LC_CTYPE` or `LANG`
    /// names.
    public static func detect(
        fileDescriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> TerminalCapabilities {
        from(environment, isTerminal: isatty(fileDescriptor) == 1, deviceWidth: deviceWidth(fileDescriptor))
    }

    static func from(
        _ environment: [String: String], isTerminal: Bool, deviceWidth: Int?
    ) -> TerminalCapabilities {
        let set = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let locale = (set("LC_ALL") ?? set("LC_CTYPE") ?? set("LANG") ?? "").lowercased()
        let width = deviceWidth ?? set("COLUMNS").flatMap { Int($0) } ?? 80
        return TerminalCapabilities(
            isTerminal: isTerminal,
            // What is narrower leaves no room for words. Very long lines are hard to read.
            width: min(max(width, isTerminal ? 20 : 80), 160),
            colour: isTerminal && set("NO_COLOR") == nil && set("TERM") != nil && set("TERM") != "dumb",
            unicode: locale.contains("utf-8") || locale.contains("utf8"))
    }

    private static func deviceWidth(_ fileDescriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
