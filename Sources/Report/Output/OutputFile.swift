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
        let url = URL(fileURLWithPath: path)
        if path.hasSuffix("/") || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        {
            throw OutputError(path: path, reason: "it is a folder")
        }
        name = url.lastPathComponent
        let parent = (path as NSString).deletingLastPathComponent
        folder = try OutputFolder(path: parent.isEmpty ? "." : parent)
    }

    /// Writes the file in place of the one that may be there.
    public func write(_ contents: String) throws(OutputError) {
        do {
            try folder.write([OutputFolder.File(name: name, contents: contents)])
        } catch {
            throw OutputError(path: path, reason: error.reason)
        }
    }
}
