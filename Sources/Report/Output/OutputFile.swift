import Foundation

/// Writes one file whole or not at all: under a temporary name beside its place first.
public struct OutputFile: Sendable {
    /// The file as the user named it.
    public let path: String
    /// Where what is streamed during a run is written until `install` puts it in its place.
    public let temporaryPath: String

    /// Checks that the file could be written: a long run should not end with what could be known before it.
    public init(path: String) throws(OutputError) {
        self.path = path
        let place = URL(fileURLWithPath: path)
        let folder = place.deletingLastPathComponent().path
        temporaryPath = folder + "/." + place.lastPathComponent + "." + UUID().uuidString + ".partial"
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw OutputError(path: path, reason: "it is a folder")
        }
        if access(folder, W_OK | X_OK) != 0 { throw failure() }
    }

    /// Writes the text and puts the file in its place.
    public func write(_ text: String) throws(OutputError) {
        let bytes = Array(text.utf8)
        guard let stream = fopen(temporaryPath, "w") else { throw failure() }
        // A full disk may show only when the last buffer is flushed.
        let complete = fwrite(bytes, 1, bytes.count, stream) == bytes.count && fflush(stream) == 0
        let reason = failure()
        guard fclose(stream) == 0, complete else {
            discard()
            throw reason
        }
        try install()
    }

    /// Puts what was streamed to the temporary path in its place.
    public func install() throws(OutputError) {
        guard rename(temporaryPath, path) != 0 else { return }
        let reason = failure()
        discard()
        throw reason
    }

    /// Removes what was streamed, for a run that ended without a result.
    public func discard() { unlink(temporaryPath) }

    private func failure() -> OutputError { OutputError(path: path, reason: String(cString: strerror(errno))) }
}
