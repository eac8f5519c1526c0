import Foundation

/// Where one file of output goes: what its name stands for, and how its contents get there.
///
/// A symbolic link is followed, as the shell's `>` follows it, so that the link stays one. A device, a pipe or a socket
/// is written to and never replaced; so is what names an open descriptor, such as /dev/stdout.
struct OutputPlace: Sendable {
    /// The file behind all links.
    let path: String
    /// Where the contents are written first: beside the file, or straight to what is no file.
    let temporaryPath: String
    /// Where the old file is kept meanwhile.
    let backupPath: String
    /// Whether contents are written to what is there instead of taking its place.
    let isDirect: Bool
    let isFolder: Bool
    /// The permissions of the file that is there now, which the new one gets; nil if there is none.
    private let permissions: mode_t?

    /// As many links as Linux follows (MAXSYMLINKS).
    private static let linkLimit = 40

    /// - Parameter suffix: makes the temporary names those of one command.
    init(_ path: String, suffix: String) {
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        isFolder = exists && kind == S_IFDIR
        let isDescriptor = ["/dev/std", "/dev/fd/", "/proc/"].contains { path.hasPrefix($0) }
        isDirect = exists && !isFolder && (kind != S_IFREG || isDescriptor)
        permissions = exists && !isDirect ? status.st_mode & 0o7777 : nil
        let file = isDirect ? path : Self.followed(path)
        let parts = SplitPath(file)
        let hidden = parts.folder + "/." + parts.name
        self.path = file
        temporaryPath = isDirect ? file : hidden + suffix
        backupPath = hidden + ".old" + suffix
    }

    /// What a chain of links ends at, which need not exist.
    private static func followed(_ path: String) -> String {
        var path = path
        for _ in 0..<linkLimit {
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = target.hasPrefix("/") ? target : SplitPath(path).folder + "/" + target
        }
        return path
    }

    /// Opens the temporary file, or what is no file, for writing; nil with `errno` set if that fails.
    func open() -> UnsafeMutablePointer<FILE>? {
        if !isDirect { TemporaryName.removeOrphans(of: path) }
        guard let stream = fopen(temporaryPath, isDirect ? "a" : "w") else { return nil }
        if !isDirect { TemporaryFiles.shared.insert(temporaryPath) }
        // Before there is anything to read in it. Where the operating system refuses, the new file has the usual ones.
        if let permissions { _ = fchmod(fileno(stream), permissions) }
        return stream
    }

    /// Removes what `open` made.
    func discard() {
        guard !isDirect else { return }
        unlink(temporaryPath)
        TemporaryFiles.shared.forget(temporaryPath)
    }

    /// Lets the complete temporary file take its place in one step: whoever reads finds the old file or the new one.
    ///
    /// - Parameter keepingOld: whether `restore` can bring the old file back.
    /// - Returns: nil, or why it could not.
    func install(keepingOld: Bool) -> String? {
        if isDirect { return nil }
        if isFolder { return "it is a folder" }
        if keepingOld, permissions != nil, !keepOld() { return String(cString: strerror(errno)) }
        guard rename(temporaryPath, path) != 0 else {
            TemporaryFiles.shared.forget(temporaryPath)
            return nil
        }
        let reason = String(cString: strerror(errno))
        if keepingOld { forget() }
        return reason
    }

    /// The old file gets a second name, or where the file system knows no such thing, a copy.
    private func keepOld() -> Bool {
        link(path, backupPath) == 0
            || (try? FileManager.default.copyItem(atPath: path, toPath: backupPath)) != nil
    }

    /// The old file stands aside and nothing takes its place. Nil, or why it could not.
    func remove() -> String? {
        guard permissions != nil, !isFolder, rename(path, backupPath) != 0 else { return nil }
        return String(cString: strerror(errno))
    }

    /// Undoes `install` or `remove`.
    func restore() {
        guard !isDirect else { return }
        if permissions == nil { unlink(path) } else { rename(backupPath, path) }
    }

    /// Makes `install` or `remove` final.
    func forget() { if permissions != nil { unlink(backupPath) } }
}
