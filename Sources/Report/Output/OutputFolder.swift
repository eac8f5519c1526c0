import Foundation

/// Writes a set of files into a folder whole or not at all.
///
/// Each file is first written beside its place under a temporary name. Only when all are complete do they take
/// their places; if one cannot, those that did are put back as they were.
public struct OutputFolder: Sendable {
    /// One file of the set.
    public struct File: Sendable {
        /// The name in the folder.
        public var name: String
        /// All of its text, in UTF-8.
        public var contents: String

        /// A file of that name and text.
        public init(name: String, contents: String) {
            self.name = name
            self.contents = contents
        }
    }

    /// The folder as the user named it.
    public let path: String
    /// What messages are about: the folder, or the one file that goes into it.
    private let subject: String
    private let suffix: String
    /// The folders that were made for it, the innermost first: without a file in them they are of no use.
    private var made: [String] = []

    /// Creates the folder if there is none, and checks that files can be created in it: a long run should not end with
    /// what could be known before it.
    public init(path: String) throws(OutputError) { try self.init(path: path, for: path, createsFiles: true) }

    /// The folder of a file that the user named; what is no file is there already, and nothing is created beside it.
    init(path: String, file name: String, for subject: String, createsFiles: Bool) throws(OutputError) {
        try self.init(path: path, for: subject, createsFiles: createsFiles)
        if createsFiles { try probe(file: name) }
    }

    private init(path: String, for subject: String, createsFiles: Bool) throws(OutputError) {
        self.path = path
        self.subject = subject
        suffix = TemporaryName.makeSuffix()
        if createsFiles { made = try create(folder: path) }
        TemporaryFiles.shared.insert(folders: made)
    }

    /// Returns what was made; `folder` is the path, or one of those above it.
    private func create(folder: String) throws(OutputError) -> [String] {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            if !isFolder.boolValue { throw OutputError(path: subject, reason: "\(folder) is a file, not a folder") }
            try probe(folder)
            return []
        }
        let above = try create(folder: SplitPath(folder).folder)
        if mkdir(folder, 0o777) == 0 { return [folder] + above }
        // Another command may create the same folder meanwhile.
        if errno == EEXIST { return above }
        let reason = failure(inFolder: folder)
        Self.removeEmpty(above)
        throw reason
    }

    /// Removes folders, as far as nobody has put anything in them.
    private static func removeEmpty(_ folders: [String]) {
        for folder in folders { rmdir(folder) }
    }

    /// Only the attempt tells: permissions alone know nothing of a file system without files of ours.
    private func probe(_ folder: String) throws(OutputError) {
        let place = "\(folder)/.walsim\(suffix)"
        TemporaryName.removeOrphans(of: "\(folder)/walsim")
        let file = open(place, O_CREAT | O_EXCL | O_WRONLY, 0o666)
        guard file >= 0 else { throw failure(inFolder: folder) }
        close(file)
        unlink(place)
    }

    /// The temporary name is longer than the file's own: it may be too long where that one is not.
    private func probe(file name: String) throws(OutputError) {
        let place = place(of: name).temporaryPath
        let file = open(place, O_CREAT | O_EXCL | O_WRONLY, 0o666)
        guard file >= 0 else {
            let reason = failure(name)
            Self.removeEmpty(made)
            throw reason
        }
        close(file)
        unlink(place)
    }

    private func failure(inFolder folder: String) -> OutputError {
        let reason = String(cString: strerror(errno))
        return OutputError(path: subject, reason: folder == subject ? reason : "folder \(folder): \(reason)")
    }

    /// Where a file that is streamed during the run is written until `write` puts it in its place.
    public func temporaryPath(of name: String) -> String { place(of: name).temporaryPath }

    /// Opens a file that is streamed during the run, under its temporary name; its owner closes it.
    public func stream(_ name: String) throws(OutputError) -> UnsafeMutablePointer<FILE> {
        guard let stream = place(of: name).open() else { throw failure(name) }
        return stream
    }

    /// Whether there is a file of that name.
    public func holds(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    /// Writes `files` and puts them, and those `streamed` to their temporary paths, in their places. Files `without`
    /// which the new ones are to be, because they would belong to older ones, are removed with the same care.
    public func write(_ files: [File], streamed: [String] = [], without old: [String] = []) throws(OutputError) {
        let names = files.map(\.name) + streamed
        do {
            for file in files { try create(file) }
            try install(names, without: old)
        } catch {
            discard(names)
            throw error
        }
    }

    /// Removes what was streamed, for a run that ended without a result, and folders that were made in vain.
    public func discard(_ names: [String]) {
        for name in names { place(of: name).discard() }
        Self.removeEmpty(made)
    }

    private func create(_ file: File) throws(OutputError) {
        let bytes = Array(file.contents.utf8)
        let output = try stream(file.name)
        let written = fwrite(bytes, 1, bytes.count, output)
        // A full disk may show only when the last buffer is flushed.
        let complete = written == bytes.count && fflush(output) == 0
        let reason = failure(file.name)
        guard fclose(output) == 0, complete else { throw reason }
    }

    private func install(_ names: [String], without old: [String]) throws(OutputError) {
        var done: [OutputPlace] = []
        // A single file needs no way back.
        let keepsOld = names.count + old.count > 1
        let lock = keepsOld ? lockFolder() : -1
        defer { if lock >= 0 { close(lock) } }
        for (name, isOld) in names.map({ ($0, false) }) + old.map({ ($0, true) }) {
            let place = place(of: name)
            if let reason = isOld ? place.remove() : place.install(keepingOld: keepsOld) {
                for place in done.reversed() { place.restore() }
                throw OutputError(path: subject, reason: subject == path ? "\(name): \(reason)" : reason)
            }
            done.append(place)
        }
        for place in done { place.forget() }
    }

    /// Keeps other commands from putting their files between those of this set, until the descriptor is closed. Where
    /// the file system knows no such locks sets may mix, but no file is half-written.
    private func lockFolder() -> Int32 {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY)
        if descriptor >= 0 { while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {} }
        return descriptor
    }

    private func place(of name: String) -> OutputPlace { OutputPlace(path + "/" + name, suffix: suffix) }

    private func failure(_ name: String) -> OutputError {
        let reason = String(cString: strerror(errno))
        return OutputError(path: subject, reason: subject == path ? "\(name): \(reason)" : reason)
    }
}
