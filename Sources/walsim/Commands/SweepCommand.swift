import ArgumentParser
import DiscreteEvent
import Experiments
import Foundation
import Report

/// `walsim sweep`.
struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Run a scenario at every combination of some values.",
        discussion: """
            Repeat k of every point has the same seed, so that points differ by their settings and not by chance. \
            Finished points are kept beside the output, in FILE.points: after an interruption the same command goes \
            on.

            Exit status: 0 fine; 64 wrong usage; 65 bad scenario, path or value; 66 no such scenario; 73 the output \
            cannot be written; 130 interrupted.

            Examples:
              walsim sweep commit-delay --vary server.settings.commit_delay=0..4000:500 \\
                  --out delay.csv
              walsim sweep steady-commit --vary clients.count=4,8,16,32 \\
                  --vary server.settings.commit_delay=0,500,1000 \\
                  --where 'commit_delay<=500' --repeats 5 --out grid.csv
              walsim sweep steady-commit --vary clients.count=1..64:1 --repeats 3 \\
                  --out n.csv --report n.html
              walsim sweep steady-commit --vary clients.count=1..64:1 --shard 2/8 \\
                  --out shard-2.csv
            """)

    @OptionGroup var source: ScenarioOptions

    @OptionGroup var space: SpaceOptions

    @Option(
        help: ArgumentHelp(
            "Labels of the points, with {name} for a varied value (default: name=value).", valueName: "text"))
    var label: String?

    @Option(
        parsing: .unconditional,
        help: "How many runs go on at a time (default: one a core); results do not depend on it.")
    var jobs: Int?

    @Option(
        help: ArgumentHelp("Run only every N-th point, from the I-th on; join with walsim merge.", valueName: "I/N"))
    var shard: String?

    @Option(
        name: .customLong("out"), help: ArgumentHelp("The CSV file to write.", valueName: "file"), completion: .file())
    var output: String

    @OptionGroup(title: "Pictures") var pictures: PictureOptions

    @Flag(help: "No table and no progress, only the file.")
    var quiet = false

    func validate() throws {
        try checkJobs(jobs)
        if output.isEmpty { throw ValidationError("--out is empty; it is a file's path") }
        try checkFilesDiffer(
            [("--out", output), ("--report", pictures.report), ("--plot", pictures.plot)], inputs: source.files)
        _ = try parsedShard()
    }

    private func parsedShard() throws -> (number: Int, count: Int) {
        guard let shard else { return (1, 1) }
        let parts = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1, (1...count).contains(number)
        else { throw ValidationError("--shard is \"\(shard)\"; it is I/N with I from 1 to N, such as 2/8") }
        return (number, count)
    }

    func run() throws {
        try withExitStatus {
            let base = try source.base()
            let plan = try SweepPlan(base, axes: try space.axes(), constraints: try space.constraints(), label: label)
            plan.points.first?.scenario.warnings.forEach { warn("\(source.scenario): \($0)") }
            let file = try OutputFile(path: output)
            let files = try pictures.open()
            let (number, count) = try parsedShard()
            // Beside a pipe or a device there is no place to keep anything.
            let store = file.isDirect ? nil : PointStore(folder: output + ".points")
            let result = try execute(plan, plan.shard(number, of: count), store)
            if result.interrupted {
                complain("interrupted; finished points are kept (\(result.points.count)); the same command goes on")
                throw ExitStatus.interrupted
            }
            try file.write(SweepTable.csv(of: result))
            if result.points.isEmpty, pictures.areWanted {
                warn("no picture is written: there is no point in this shard")
            }
            try files.write(result)
            if !quiet {
                print(
                    SweepScreen.text(of: result, file: output, on: .detect(fileDescriptor: STDOUT_FILENO)),
                    terminator: "")
            }
        }
    }

    private func execute(
        _ plan: SweepPlan, _ points: [SweepPoint], _ store: PointStore?
    ) throws -> SweepResult {
        try withSimulations(label: "sweep of \(points.count)", quiet: quiet, jobs: jobs) { jobs, options in
            do {
                return try Sweep.run(plan, points: points, store: store, jobs: jobs, options: options)
            } catch let error where !(error is Deadlock || error is InputError) {
                throw OutputError(path: store?.folder ?? output, reason: error.localizedDescription)
            }
        }
    }
}
