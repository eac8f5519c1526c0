import ArgumentParser
import Experiments
import Foundation
import Report
import SimTime

/// The options by which `run` writes what other programs draw: traces and latency distributions.
struct TraceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write a trace of the first repeat, for ui.perfetto.dev.", valueName: "file.json"),
        completion: .file())
    var trace: String?

    @Option(
        help: ArgumentHelp(
            "The part of the measured time that the trace shows, such as 1s..1.05s (default: all of it).",
            valueName: "from..to"))
    var traceWindow: String?

    @Option(
        help: ArgumentHelp(
            "Write what sessions wait for as folded stacks, for flame graphs (first repeat).", valueName: "file"),
        completion: .file())
    var folded: String?

    @Option(
        help: ArgumentHelp("Write the latencies as HdrHistogram's plotters read them.", valueName: "file.hgrm"),
        completion: .file())
    var hgrm: String?

    func validate() throws {
        for (option, path) in [("--trace", trace), ("--folded", folded), ("--hgrm", hgrm)] where path == "" {
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

    /// The part of the measured time that the trace shows; nil: all of it.
    ///
    /// A trace of what is not measured would be empty, and one that ends early is not what was asked for.
    func window(of scenario: Scenario) throws -> Range<Nanoseconds>? {
        guard let window = try window(), let duration = scenario.duration else { return try window() }
        if window.lowerBound >= duration {
            throw ValidationError("--trace-window is \(traceWindow ?? ""); the measured time ends at \(duration)")
        }
        if window.upperBound > duration {
            warn("--trace-window: the trace ends where the measured time does, at \(duration)")
        }
        return window
    }

    /// Checks before the run that the files can be written, and starts the trace.
    ///
    /// - Parameters:
    ///   - window: the part that the trace shows.
    ///   - explains: whether the run is to be explained too.
    func open(_ scenario: Scenario, window: Range<Nanoseconds>?, explains: Bool) throws -> RunWatch {
        let file = try trace.map { try OutputFile(path: $0) }
        let folded = try folded.map { try OutputFile(path: $0) }
        let hgrm = try hgrm.map { try OutputFile(path: $0) }
        return RunWatch(
            trace: file,
            recording: try file.map { TraceRecording(into: try $0.stream(), path: $0.path, window: window) },
            folded: folded, hgrm: hgrm,
            explanation: explains || folded != nil ? ExplanationWatch(scenario) : nil)
    }
}
