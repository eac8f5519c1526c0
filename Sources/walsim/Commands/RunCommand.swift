import ArgumentParser
import Experiments
import Foundation
import Report
import SimTime

/// `walsim run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Simulate a scenario and report what its sessions wait for.",
        discussion: """
            Results go to standard output, CSV files into the folder that --out names.

            Exit status: 0 fine; 1 a threshold was missed; 64 wrong usage; 65 bad scenario; 66 no such scenario; 73 \
            results cannot be written; 130 interrupted.

            Examples:
              walsim run burst-insert
              walsim run steady-commit --set clients.count=64 \\
                  --set server.settings.commit_delay=500
              walsim run burst-insert --repeats 5 --explain --report burst.html
              walsim run burst-insert --trace burst.json --trace-window 10.5s..10.51s
              walsim run my-scenario.json --format json --quiet > result.json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    enum Executor: String, ExpressibleByArgument, CaseIterable {
        case virtual, threads
    }

    @OptionGroup var source: ScenarioOptions

    @Option(
        parsing: .unconditional,
        help: "How many repeats run at a time (default: one a core); results do not depend on it.")
    var jobs: Int?

    @Option(help: "What goes to standard output: a report for people, JSON, or summary.csv.")
    var format = Format.table

    @Option(
        name: .customLong("out"), help: ArgumentHelp("Write all CSV files into this folder.", valueName: "dir"),
        completion: .directory)
    var outputFolder: String?

    @Flag(help: "Also write samples.csv, a row for each session and sample (needs --out; repeats run one at a time).")
    var samples = false

    @OptionGroup(title: "Pictures") var pictures: PictureOptions

    @OptionGroup(title: "Traces") var traces: TraceOptions

    @Flag(help: "Say who blocks whom, where the slowest commit spent its time, and what each cost is worth.")
    var explain = false

    @Option(help: "The machine: virtual time, or real threads, files and syncs.")
    var executor = Executor.virtual

    @Option(
        help: ArgumentHelp("An empty folder for the WAL files of --executor threads.", valueName: "dir"),
        completion: .directory)
    var dataDir: String?

    @Option(
        help: ArgumentHelp("Real time added to each sync of --executor threads, such as 2ms.", valueName: "duration"))
    var syncLatency: String?

    @Flag(help: "No report and no progress, only files and exit status.")
    var quiet = false

    func validate() throws {
        try checkJobs(jobs)
        if outputFolder == "" { throw ValidationError("--out is empty; it is a folder's path") }
        if samples && outputFolder == nil { throw ValidationError("--samples writes samples.csv and needs --out DIR") }
        try checkExecutor()
        try checkFilesDiffer(
            tableFiles.map { ("--out", $0) } + [
                ("--report", pictures.report), ("--plot", pictures.plot), ("--trace", traces.trace),
                ("--folded", traces.folded), ("--hgrm", traces.hgrm),
            ], inputs: source.files)
    }

    /// The files that --out may write, or remove because this run has none of them.
    private var tableFiles: [String] {
        guard let outputFolder else { return [] }
        return (ResultTable.allCases.map(\.fileName) + [SampleRow.fileName]).map { outputFolder + "/" + $0 }
    }

    private func checkExecutor() throws {
        switch executor {
        case .virtual:
            if dataDir != nil || syncLatency != nil {
                throw ValidationError("--data-dir and --sync-latency are for --executor threads")
            }
        case .threads:
            if dataDir == nil {
                throw ValidationError("--executor threads needs --data-dir DIR, an empty folder for its WAL files")
            }
            if let syncLatency, Nanoseconds(durationText: syncLatency) == nil {
                throw ValidationError(
                    "--sync-latency is \(syncLatency); allowed: a number with a unit (ns us ms s min h), such as 2ms")
            }
            if traces.trace != nil || traces.folded != nil || explain {
                throw ValidationError("--trace, --folded and --explain are for --executor virtual")
            }
            if samples { throw ValidationError("--samples is for --executor virtual") }
        }
    }

    func run() throws {
        try withExitStatus {
            let scenario = try source.load()
            scenario.warnings.forEach { warn("\(source.scenario): \($0)") }
            let window = try traces.window(of: scenario)
            let folder = try outputFolder.map { try OutputFolder(path: $0) }
            let files = try pictures.open()
            let watch = try traces.open(scenario, window: window, explains: explain)
            // Once the trace is complete it has another name, and this removes nothing.
            defer { watch.trace?.discard() }
            let result = try execute(scenario, folder, watch)
            let explanation = explain ? try explanation(of: result, scenario, watch) : nil
            try write(result, into: folder)
            try files.write(result, explanation)
            if !quiet || format != .table { print(text(of: result, explanation), terminator: "") }
            // Last: a trace that has become too large costs no other result.
            try watch.write(result)
            try finish(result, explanation)
        }
    }

    /// An interrupted run leaves the results alone that an earlier one left in the folder: they may be whole.
    private func write(_ result: ExperimentResult, into folder: OutputFolder?) throws(OutputError) {
        guard let folder else { return }
        let streamed = samples ? [SampleRow.fileName] : []
        if result.interrupted, folder.holds(ResultTable.summary.fileName) {
            folder.discard(streamed)
            complain("\(folder.path): not written: the run was interrupted, and there are results of another run")
        } else {
            try folder.write(result, streamed: streamed)
        }
    }

    private func execute(_ scenario: Scenario, _ folder: OutputFolder?, _ watch: RunWatch) throws -> ExperimentResult {
        switch executor {
        case .virtual:
            try virtual(scenario, watch).run(samplesIn: samples ? folder : nil)
        case .threads:
            try ThreadsExecution(
                scenario: scenario, file: source.scenario, dataDir: dataDir!,
                syncLatency: syncLatency.flatMap { Nanoseconds(durationText: $0) } ?? .zero
            ).run()
        }
    }

    private func virtual(_ scenario: Scenario, _ watch: RunWatch) -> VirtualExecution {
        VirtualExecution(
            scenario: scenario, jobs: jobs, quiet: quiet, detailInterval: pictures.detailInterval(for: scenario),
            watch: watch)
    }

    private func explanation(
        of result: ExperimentResult, _ scenario: Scenario, _ watch: RunWatch
    ) throws -> Explanation? {
        let isWhole = !result.interrupted && result.standstill == nil
        let profile = isWhole ? try virtual(scenario, watch).profile(result) : nil
        return watch.explanation?.explanation(of: result, profile: profile)
    }

    private func text(of result: ExperimentResult, _ explanation: Explanation?) -> String {
        switch format {
        case .table:
            let terminal = TerminalCapabilities.detect(fileDescriptor: STDOUT_FILENO)
            return RunScreen.text(of: result, on: terminal)
                + (explanation.map { "\n" + ExplanationScreen.text(of: $0, on: terminal) } ?? "")
        case .json: return ResultJSON.text(of: result, explanation: explanation)
        case .csv: return ResultTable.summary.csv(of: result)
        }
    }

    private func finish(_ result: ExperimentResult, _ explanation: Explanation?) throws {
        if result.interrupted || explanation?.profile?.interrupted == true {
            complain("interrupted; the results cover what ran")
            throw ExitStatus.interrupted
        }
        if let standstill = result.standstill {
            complain("\(source.scenario): \(standstill)")
            throw ExitStatus.badData
        }
        for verdict in result.verdicts where !verdict.met {
            let condition = "\(verdict.threshold.metric) \(verdict.threshold.text)"
            complain("threshold missed: \(condition) (mean \(verdict.meanText))")
        }
        if result.verdicts.contains(where: { !$0.met }) { throw ExitStatus.negative }
    }
}
