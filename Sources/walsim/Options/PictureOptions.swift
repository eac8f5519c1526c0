import ArgumentParser
import Experiments
import Report
import SimTime

/// The options by which commands write their result as a page or a picture.
struct PictureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write a self-contained HTML report into this file.", valueName: "file.html"),
        completion: .file())
    var report: String?

    @Option(
        help: ArgumentHelp("Write the main picture alone into this file.", valueName: "file.svg"), completion: .file())
    var plot: String?

    func validate() throws {
        if report == "" { throw ValidationError("--report is empty; it is an HTML file's path") }
        if plot == "" { throw ValidationError("--plot is empty; it is an SVG file's path") }
        try checkFilesDiffer([("--report", report), ("--plot", plot)])
    }

    var areWanted: Bool { report != nil || plot != nil }

    /// The interval of the timeline for pictures: two hundred of them, and no more than the scenario's own.
    func detailInterval(for scenario: Scenario) -> Nanoseconds? {
        guard areWanted, let duration = scenario.duration else { return nil }
        let fine = max(Nanoseconds(duration.count / 200), .microseconds(1))
        return min(fine, scenario.observe.timelineInterval)
    }

    /// Checks before the run that the files can be written.
    func open() throws(OutputError) -> PictureFiles {
        PictureFiles(report: try file(report), plot: try file(plot))
    }

    private func file(_ path: String?) throws(OutputError) -> OutputFile? {
        guard let path else { return nil }
        return try OutputFile(path: path)
    }
}

/// Where the pictures of a result go.
struct PictureFiles {
    let report: OutputFile?
    let plot: OutputFile?

    /// As with CSV files, what an earlier run left is not replaced by a part of this one.
    func write(_ result: ExperimentResult, _ explanation: Explanation?) throws(OutputError) {
        let kept = [report, plot].compactMap { $0 }.filter { result.interrupted && $0.isThere }
        for file in kept {
            complain("\(file.path): not written: the run was interrupted, and there is one of another run")
        }
        let isKept = { (file: OutputFile) in kept.contains { $0.path == file.path } }
        if let report, !isKept(report) { try report.write(RunReport.html(of: result, explanation: explanation)) }
        if let plot, !isKept(plot) { try plot.write(RunReport.svg(of: result)) }
    }

    func write(_ result: ComparisonResult) throws(OutputError) {
        if let report { try report.write(ComparisonReport.html(of: result)) }
        if let plot { try plot.write(ComparisonReport.svg(of: result)) }
    }

    func write(_ result: SweepResult) throws(OutputError) {
        guard !result.points.isEmpty else { return }
        if let report { try report.write(SweepReport.html(of: result)) }
        if let plot { try plot.write(SweepReport.svg(of: result)) }
    }
}
