import ArgumentParser
import Experiments
import Foundation
import Report

/// `walsim compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Hold new results against a base and say what is different.",
        discussion: """
            Takes two CSV files of one kind (summary, phases, wait_events, wal_records, walsenders, timeline, \
            histograms, samples, the output of a sweep) or two folders that walsim run --out wrote. Repeats are \
            paired where the seeds are the same; else a rank test decides. A figure differs if its p-value after \
            Holm's correction over all figures is below 5 %; it is a regression if it is so significantly worse than \
            the threshold allows.

            Exit status: 0 there is no regression; 1 there is one; 64 wrong usage; 65 the two cannot be compared; 66 \
            no such file.

            Examples:
              walsim compare before/summary.csv after/summary.csv
              walsim compare before after --threshold 2% --format markdown
              walsim compare before after --report change.html
              walsim compare base.csv new.csv --metric tps --metric latency_p99
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, markdown
    }

    @Argument(help: "The results to compare with.", completion: .file())
    var base: String

    @Argument(help: "The new results.", completion: .file())
    var new: String

    @Option(
        name: .customLong("metric"),
        help: ArgumentHelp("Look only at this metric; may be repeated (default: all).", valueName: "metric"),
        completion: .metric)
    var metrics: [String] = []

    @Option(parsing: .unconditional, help: "How much worse a figure may be, such as 5% or 0.05.")
    var threshold = Share(0.05)

    @Option(help: "What goes to standard output.")
    var format = Format.table

    @OptionGroup(title: "Pictures") var pictures: PictureOptions

    @Flag(help: "Show every figure, not only those that matter or differ.")
    var all = false

    func validate() throws {
        try threshold.check("--threshold")
        try checkFilesDiffer([("--report", pictures.report), ("--plot", pictures.plot)], inputs: [base, new])
    }

    func run() throws {
        try withExitStatus {
            let files = try pictures.open()
            let result = try Comparison.compare(base, new, metrics: metrics, threshold: threshold.value)
            try files.write(result)
            let showsAll = all || !metrics.isEmpty
            switch format {
            case .table:
                let capabilities = TerminalCapabilities.detect(fileDescriptor: STDOUT_FILENO)
                print(ComparisonScreen.text(of: result, all: showsAll, on: capabilities), terminator: "")
            case .json: print(ComparisonJSON.text(of: result), terminator: "")
            case .markdown: print(ComparisonMarkdown.text(of: result, all: showsAll), terminator: "")
            }
            if result.verdict == .regression { throw ExitStatus.negative }
        }
    }
}
