import ArgumentParser
import Experiments
import Foundation
import Report
import SimTime

/// The options by which `run` writes what other programs draw: traces and latency distributions.
struct TraceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write a trace of the first repeat, for ui.perfetto.dev.", valueName: "file.json"))
    var trace: String?

    @Option(
        help: ArgumentHelp(
            "The part of the measured time that the trace shows, such as 1s..1.05s (default: all of it).",
            valueName: "from..to"))
    var traceWindow: String?

    @Option(help: ArgumentHelp("Write the latencies as HdrHistogram's plotters read them.", valueName: "file.hgrm"))
    var hgrm: String?

    func validate() throws {
        for (option, path) in [("--trace", trace), ("--hgrm", hgrm)] where path == "" {
            throw ValidationError("\(option) is empty; it is a file's path")
        }
        if traceWindow != nil && trace == nil { throw ValidationError("--trace-window needs --trace FILE") }
        _ = try window()
    }

    private func window() throws -> Range<Nanoseconds>? {
        guard let text = traceWindow else { return nil }
        let ends = text.components(separatedBy: "..").map { Nanoseconds(durationText: $0) }
        guard ends.count == 2, let from = ends[0], let to = ends[1], from >= .zero, from < to else {
            throw ValidationError(
                "--trace-window is \"\(text)\"; it is FROM..TO, two times with units, such as 1s..1.05s"
            )
        }
        return from..<to
    }

    /// Checks before the run that the files can be written, and starts the trace.
    func open() throws -> TraceFiles {
        let file = try trace.map { try OutputFile(path: $0) }
        let window = try window()
        return TraceFiles(
            trace: file, recording: try file.map { try TraceRecording(into: $0.temporaryPath, window: window) },
            hgrm: try hgrm.map { try OutputFile(path: $0) })
    }
}

/// Where the traces of a run go.
struct TraceFiles {
    let trace: OutputFile?
    let recording: TraceRecording?
    let hgrm: OutputFile?

    /// Lets the first repeat of a scenario be observed.
    func observe(_ options: inout RunOptions, of scenario: Scenario) {
        guard let recording else { return }
        let first = scenario.seed
        options.makeObserver = { $0 == first ? recording : nil }
        let shouldStop = options.shouldStop
        // A trace that cannot be completed is not worth the rest of the run.
        options.shouldStop = { recording.hasFailed || shouldStop?() == true }
    }

    func write(_ result: ExperimentResult) throws {
        if let trace, let recording {
            do {
                try recording.close([
                    ("scenario", result.name), ("scenario_hash", result.scenarioHash), ("seed", "\(result.seed)"),
                    ("walsim", Walsim.version),
                ])
                try trace.install()
            } catch {
                trace.discard()
                throw OutputError(path: trace.path, reason: error.reason)
            }
        }
        try hgrm?.write(result.whole.sum.latency.percentileText)
    }
}
