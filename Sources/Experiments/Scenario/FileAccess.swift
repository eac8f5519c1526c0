import Foundation

/// How a scenario's reader reaches files; tests give it files of their own.
public struct FileAccess: Sendable {
    /// The bytes of a file, or nil if it cannot be read.
    var read: @Sendable (String) -> [UInt8]?
    /// The names in a directory in a fixed order, or nil if it cannot be listed.
    var list: @Sendable (String) -> [String]?

    /// Larger files are refused, so that a device or a wrong file cannot fill the memory.
    private static let sizeLimit = 256 << 20

    /// The name under which standard input is read.
    static let standardInput = "-"

    /// The real file system.
    public static let disk = FileAccess(
        read: { path in
            // A pipe's bytes can be read once: nobody asks twice for one name.
            if path == standardInput { return contents(of: STDIN_FILENO) }
            var status = stat()
            guard stat(path, &status) == 0, [S_IFREG, S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) else {
                return nil
            }
            let descriptor = open(path, O_RDONLY)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            return contents(of: descriptor)
        },
        list: { path in try? FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    )

    /// No files at all.
    static let none = FileAccess(read: { _ in nil }, list: { _ in nil })

    /// All that is read from a file or a pipe; nil if that fails or is too much.
    private static func contents(of descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= sizeLimit {
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { return nil }
            bytes += chunk.prefix(max(count, 0))
        }
        return nil
    }

    /// `name` as seen from the directory that `file` lies in.
    static func path(_ name: String, besides file: String) -> String {
        guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
        return file[...slash] + name
    }
}
