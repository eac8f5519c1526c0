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

    /// Completes the file; a full disk shows here.
    func close() throws(OutputError) {
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
