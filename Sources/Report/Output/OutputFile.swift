import Foundation

/// One file that a command writes whole or not at all.
public struct OutputFile: Sendable {
    /// The path as the user gave it.
    public let path: String
    /// Whether it is a device, a pipe or the like: contents go to what is there, and nothing is created or replaced.
    public let isDirect: Bool
    private let folder: OutputFolder
    private let name: String

    /// Checks that the file can be created and makes its folder if there is none, so that a long run does not end with
    /// what could be known before it.
    public init(path: String) throws(OutputError) {
        self.path = path
        if path == "-" { throw OutputError(path: path, reason: "for standard output give /dev/stdout") }
        let place = OutputPlace(path, suffix: "")
        if path.hasSuffix("/") || place.isFolder { throw OutputError(path: path, reason: "it is a folder") }
        if place.isDirect, access(path, W_OK) != 0 {
            throw OutputError(path: path, reason: String(cString: strerror(errno)))
        }
        isDirect = place.isDirect
        let parts = SplitPath(place.path)
        name = parts.name
        folder = try OutputFolder(path: parts.folder, file: name, for: path, createsFiles: !place.isDirect)
    }

    /// Whether there is such a file already, which `write` would replace.
    public var isThere: Bool { !isDirect && folder.holds(name) }

    /// Opens the file to be streamed during a run, under a temporary name until `install` puts it in its place.
    public func stream() throws(OutputError) -> UnsafeMutablePointer<FILE> {
        do { return try folder.stream(name) } catch { throw OutputError(path: path, reason: error.reason) }
    }

    /// Puts what was streamed to the temporary path in its place.
    public func install() throws(OutputError) {
        do { try folder.write([], streamed: [name]) } catch { throw OutputError(path: path, reason: error.reason) }
    }

    /// Removes what was streamed, for a run that ended without a result.
    public func discard() { folder.discard([name]) }

    /// Writes the file in place of the one that may be there.
    public func write(_ contents: String) throws(OutputError) {
        do {
            try folder.write([OutputFolder.File(name: name, contents: contents)])
        } catch {
            throw OutputError(path: path, reason: error.reason)
        }
    }
}
