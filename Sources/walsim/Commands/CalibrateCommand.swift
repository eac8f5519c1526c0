import ArgumentParser
import Experiments
import Foundation
import LiveServer
import Report
import SimTime
import WaitEvents

/// `walsim calibrate`.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate", abstract: "Make a scenario of your server from what its tools print.",
        discussion: """
            Every file is recognised by its contents. Sync latencies come from fio or pg_test_fsync; pgbench runs of \
            different numbers of clients tell how fast the machine is; pg_waldump tells what a transaction writes. \
            Prints how well the scenario meets the inputs, and what they do not tell. The scenario is written whole or \
            not at all.

            Exit status: 0 fine; 64 wrong usage; 65 an input is malformed (file, line and what was expected are \
            named); 66 an input cannot be read; 73 the scenario cannot be written; 130 interrupted.

            Examples:
              walsim calibrate --fsync pg_test_fsync.txt --conf postgresql.conf \\
                  -o scenario.json
              walsim calibrate --fsync fio.json --pgbench one.txt --pgbench many.txt \\
                  --waits ash.csv -o scenario.json
              walsim calibrate --from-server 'host=/var/run/postgresql' --for 60s \\
                  --fsync fio.json -o scenario.json
            """)

    enum Place: String, ExpressibleByArgument, CaseIterable {
        case server, elsewhere
    }

    @Option(
        help: ArgumentHelp(
            "Output of pg_test_fsync, a JSON or JSON+ report of fio, or iostat's; may be repeated.", valueName: "file"),
        completion: .file())
    var fsync: [String] = []

    @Option(
        help: ArgumentHelp(
            "A pgbench run: its summary, its log, or one with --aggregate-interval; may be repeated.",
            valueName: "file"), completion: .file())
    var pgbench: [String] = []

    @Option(
        help: ArgumentHelp(
            "Samples of pg_stat_activity, pg_wait_sampling or pgsentinel as CSV; may be repeated.", valueName: "file"),
        completion: .file())
    var waits: [String] = []

    @Option(
        help: ArgumentHelp(
            "The server's postgresql.conf, with what it includes; may be repeated, such as with postgresql.auto.conf.",
            valueName: "file"), completion: .file())
    var conf: [String] = []

    @Option(help: ArgumentHelp("pg_stat_wal as CSV, one row or two.", valueName: "file"), completion: .file())
    var statWal: String?

    @Option(help: ArgumentHelp("Output of pg_waldump --stats=record.", valueName: "file"), completion: .file())
    var waldump: String?

    @Option(help: ArgumentHelp("A report of iostat -x -o JSON.", valueName: "file"), completion: .file())
    var iostat: String?

    @Option(parsing: .unconditional, help: "Cores of the server's machine (default: what iostat says, or 16).")
    var cores: Int?

    @Option(
        help: ArgumentHelp("The server's major release (default: pgbench's, or 16).", valueName: "release"),
        completion: .release)
    var serverVersion: String?

    @Option(
        help: ArgumentHelp(
            "Watch a live server, named by libpq's connection string: waits, settings and counters.",
            valueName: "conninfo"))
    var fromServer: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("How long to watch it (default: 60s).", valueName: "duration"))
    var length: String?

    @Option(help: "Where the clients run: on the server's cores (default with --pgbench), or elsewhere.")
    var clientsOn: Place?

    @Option(
        parsing: .unconditional,
        help: "How many simulations run at a time (default: one a core); the result does not depend on it.")
    var jobs: Int?

    @Option(help: "What goes to standard output: a report for people, or JSON.")
    var format = ReportFormat.table

    @Option(
        name: [.customShort("o"), .customLong("out")],
        help: ArgumentHelp("The scenario's file to write.", valueName: "file"), completion: .file())
    var output: String

    @Flag(help: "No report, only the scenario and the exit status.")
    var quiet = false

    /// How long the server is watched; nil if that is no duration.
    private var span: Nanoseconds? { length.map { Nanoseconds(durationText: $0) } ?? .seconds(60) }

    func validate() throws {
        if let cores, !(1...4096).contains(cores) { throw ValidationError("--cores is \(cores); allowed: 1 to 4096") }
        try checkJobs(jobs)
        if length != nil && fromServer == nil {
            throw ValidationError("--for says how long to watch a server, and needs --from-server CONNINFO")
        }
        guard let span, (.seconds(1) ... .seconds(86_400)).contains(span) else {
            throw ValidationError("--for is \(length ?? ""); allowed: 1s to 24h, such as 60s")
        }
        if output.isEmpty { throw ValidationError("-o is empty; it is the path of the scenario to write") }
        if let serverVersion, PostgresRelease(rawValue: serverVersion) == nil {
            let known = PostgresRelease.allCases.map(\.rawValue).joined(separator: ", ")
            let nearest = PostgresRelease.nearest(to: serverVersion).map { "; nearest: \($0.rawValue)" } ?? ""
            throw ValidationError("--server-version is \(serverVersion); allowed: \(known)\(nearest)")
        }
        let files = fsync + pgbench + waits + conf + [statWal, waldump, iostat].compactMap { $0 }
        if files.isEmpty && fromServer == nil {
            throw ValidationError("give at least one input, such as --fsync pg_test_fsync.txt")
        }
        try checkFilesDiffer([("-o", output)], inputs: files)
    }

    func run() throws {
        try withExitStatus {
            let file = try OutputFile(path: output)
            let stopRequest = StopRequest.shared
            stopRequest.install()
            var inputs = try inputs(named: scenarioName(of: output))
            inputs.server = try watchServer(stopRequest)
            let report = try report(on: inputs)
            if stopRequest.isMade {
                complain("interrupted; no scenario was written")
                throw ExitStatus.interrupted
            }
            try file.write(report.scenario)
            report.warnings.forEach { warn("\(output): \($0)") }
            guard !quiet else { return }
            switch format {
            case .table:
                print(
                    CalibrationScreen.text(of: report, file: output, on: .detect(fileDescriptor: STDOUT_FILENO)),
                    terminator: "")
            case .json: print(CalibrationJSON.text(of: report, file: output))
            }
        }
    }

    private func report(on inputs: CalibrationInputs) throws -> CalibrationReport {
        try withSimulations(label: "calibrate", quiet: quiet, jobs: jobs) { jobs, options in
            var calibration = try Calibration(inputs, jobs: jobs, options: options)
            return try calibration.report()
        }
    }

    /// What a live server shows, if one is named.
    private func watchServer(_ stopRequest: StopRequest) throws -> ServerObservation? {
        guard let fromServer, let span else { return nil }
        let bar = quiet ? nil : ProgressBar(label: "watching")
        defer { bar?.finish() }
        do {
            return try ServerSampler(fromServer).observe(
                for: span, shouldStop: { stopRequest.isMade }, onProgress: { bar?.update($0) })
        } catch {
            complain("--from-server: \(error)")
            throw ExitStatus.noInput
        }
    }

    private func inputs(named name: String) throws(InputError) -> CalibrationInputs {
        var inputs = CalibrationInputs()
        inputs.name = name
        for path in fsync { inputs.fsync.append(try InputFile.read(path)) }
        if let iostat { inputs.fsync.append(try InputFile.read(iostat)) }
        for path in pgbench { inputs.pgbench.append(try InputFile.read(path)) }
        for path in waits { inputs.waits.append(try InputFile.read(path)) }
        if let statWal { inputs.statWAL = try InputFile.read(statWal) }
        if let waldump { inputs.waldump = try InputFile.read(waldump) }
        for path in conf { _ = try InputFile.read(path) }
        inputs.configurations = conf
        inputs.cores = cores
        inputs.release = serverVersion.flatMap { PostgresRelease(rawValue: $0) }
        inputs.clientsOnServer = (clientsOn ?? (pgbench.isEmpty ? .elsewhere : .server)) == .server
        inputs.placeIsKnown = clientsOn != nil
        return inputs
    }
}
