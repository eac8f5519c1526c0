import Experiments
import Foundation
import Report
import Synchronization
import WaitEvents

/// `samples.csv`, written row by row while the run goes on.
final class SampleFile: Sendable {
    static let name = SampleRow.fileName

    private let folder: OutputFolder
    private let scenario: String
    private let hash: String
    private let stream: Mutex<FileStream>

    private struct FileStream: @unchecked Sendable {
        let file: UnsafeMutablePointer<FILE>
    }

    init(in folder: OutputFolder, scenario: Scenario) throws(OutputError) {
        self.folder = folder
        self.scenario = scenario.name
        hash = scenario.canonicalHash
        let file = try folder.stream(Self.name)
        stream = Mutex(FileStream(file: file))
        fputs(SampleRow.headerLine, file)
    }

    /// Appends one session as one sample saw it.
    func write(_ sample: SessionSample) {
        let row = SampleRow(
            pid: sample.process + 1, at: sample.at, event: sample.event,
            queryID: sample.backendType == .clientBackend ? 1 : 0)
        let line = row.line(scenario: scenario, hash: hash, seed: sample.seed)
        stream.withLock { _ = fputs(line, $0.file) }
    }

    /// Completes the file; a full disk shows here. Rows of an interrupted repeat get its mark, as in the other tables.
    func close(_ result: ExperimentResult) throws(OutputError) {
        try close()
        let interrupted = result.repeats.filter(\.interrupted)
        guard !interrupted.isEmpty else { return }
        let path = folder.temporaryPath(of: Self.name)
        let prefixes = interrupted.map { run in
            let marked = SampleRow.prefix(scenario: scenario, hash: hash + CSVTable.interruptedSuffix, seed: run.seed)
            return (SampleRow.prefix(scenario: scenario, hash: hash, seed: run.seed), marked)
        }
        guard !Self.mark(path, prefixes) else { return }
        let reason = String(cString: strerror(errno))
        folder.discard([Self.name])
        throw OutputError(path: folder.path, reason: "\(Self.name): \(reason)")
    }

    /// Replaces what the lines of a file begin with; false with `errno` set if that fails. The file may be larger than
    /// memory, and what grows cannot be changed in its place.
    private static func mark(_ path: String, _ prefixes: [(old: String, new: String)]) -> Bool {
        guard let input = fopen(path, "r") else { return false }
        defer { fclose(input) }
        // Open files stay readable without their names.
        unlink(path)
        guard let output = fopen(path, "w") else { return false }
        var status = stat()
        if fstat(fileno(input), &status) == 0 { fchmod(fileno(output), status.st_mode & 0o7777) }
        var buffer: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(buffer) }
        while case let length = getline(&buffer, &capacity, input), length > 0 {
            let line = UnsafeRawBufferPointer(start: buffer, count: length)
            let found = prefixes.first { line.starts(with: $0.old.utf8) }
            if let found { fputs(found.new, output) }
            fwrite(buffer! + (found?.old.utf8.count ?? 0), 1, length - (found?.old.utf8.count ?? 0), output)
        }
        let isComplete = ferror(input) == 0 && ferror(output) == 0
        return fclose(output) == 0 && isComplete
    }

    private func close() throws(OutputError) {
        let (isIncomplete, failure) = stream.withLock { stream in
            let isIncomplete = ferror(stream.file) != 0
            let failure = fclose(stream.file) != 0 ? String(cString: strerror(errno)) : nil
            return (isIncomplete, failure)
        }
        guard isIncomplete || failure != nil else { return }
        folder.discard([Self.name])
        // Why an earlier write failed cannot be told any more.
        throw OutputError(path: folder.path, reason: "\(Self.name): \(failure ?? "a write failed")")
    }
}
