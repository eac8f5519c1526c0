import Foundation

/// One file that a command writes whole or not at all.
public struct OutputFile: Sendable {
    /// The path as the user gave it.
    public let path: String
    private let folder: OutputFolder
    private let name: String

    /// Checks that the file can be created and makes its folder if there is none, so that a long run does not end with
    /// what could be known before it.
    public init(path: String) throws(OutputError) {
        self.path = path
        var isFolder: ObjCBool = false
        if path.hasSuffix("/") || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        {
            throw OutputError(path: path, reason: "it is a folder")
        }
        let parts = SplitPath(path)
        name = parts.name
        folder = try OutputFolder(path: parts.folder, for: path)
    }

    /// Where what is streamed during a run is written until `install` puts it in its place.
    public var temporaryPath: String { folder.temporaryPath(of: name) }

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
