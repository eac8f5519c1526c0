import WaitEvents

/// The files and options of `walsim calibrate`.
public struct CalibrationInputs: Sendable {
    /// pg_test_fsync output, fio or iostat reports.
    public var fsync: [InputFile] = []
    /// Summaries and logs of pgbench.
    public var pgbench: [InputFile] = []
    /// Samples of waits.
    public var waits: [InputFile] = []
    /// The paths of a postgresql.conf and of what the server reads after it; the last one to name a setting wins.
    public var configurations: [String] = []
    /// pg_stat_wal as CSV.
    public var statWAL: InputFile?
    /// pg_waldump --stats=record.
    public var waldump: InputFile?
    /// Cores of the server's machine.
    public var cores: Int?
    /// The server's major release.
    public var release: PostgresRelease?
    /// Whether the clients run on the server's machine.
    public var clientsOnServer = true
    /// Whether somebody said so.
    public var placeIsKnown = false
    /// What a live server showed.
    public var server: ServerObservation?
    /// The scenario's name.
    public var name = "calibrated"

    /// No input.
    public init() {}

    /// True if no file was given.
    public var isEmpty: Bool {
        fsync.isEmpty && pgbench.isEmpty && waits.isEmpty && configurations.isEmpty && statWAL == nil && waldump == nil
            && server == nil
    }
}

/// The inputs of a calibration, read.
struct CalibrationData {
    var sync = SyncModelBuilder()
    var runs: [MeasuredRun] = []
    var waits: (samples: WaitSamples, source: String)?
    var settings: [ConfigurationEntry] = []
    /// The files that were named, without those that they include.
    var configurations: [String] = []
    var waldump: (table: WaldumpStatistics, source: String)?
    var server: ServerObservation?
    /// pgbench's first line, `pgbench (15.18 ...)`.
    var pgbenchRelease: PostgresRelease?

    init(_ inputs: CalibrationInputs, files: FileAccess) throws(InputProblem) {
        for file in inputs.fsync {
            switch try InputFormat.detect(file, among: [.fsyncTest, .fio, .iostat]) {
            case .fio: sync.reports.append((try FioReport(file), file.name))
            case .iostat: sync.iostat = (try IostatReport(file), file.name)
            default: sync.tests.append((try FsyncTest(file), file.name))
            }
        }
        runs = try MeasuredRun.all(inputs.pgbench)
        sync.runs = runs.filter(\.isPlain)
        pgbenchRelease = inputs.pgbench.lazy.compactMap(Self.release).first
        for file in inputs.waits {
            _ = try InputFormat.detect(file, among: [.waitSamples])
            let samples = try WaitSamples(reading: file)
            if let known = waits {
                waits = (known.samples.joined(with: samples), known.source + ", " + file.name)
            } else {
                waits = (samples, file.name)
            }
        }
        if let file = inputs.statWAL {
            _ = try InputFormat.detect(file, among: [.pgStatWAL])
            sync.statWAL = (try PgStatWALFile(file), file.name)
        }
        if let file = inputs.waldump {
            _ = try InputFormat.detect(file, among: [.waldump])
            waldump = (try WaldumpStatistics(file), file.name)
        }
        for path in inputs.configurations {
            guard let entries = try ConfigurationFile.read(path, files: files) else {
                throw InputProblem(.root, "cannot read this postgresql.conf", file: path)
            }
            settings += entries
            configurations.append(path)
        }
        if let method = settings.last(where: { $0.name.lowercased() == "wal_sync_method" })?.value {
            sync.method = method.lowercased()
        }
        if let server = inputs.server { take(server) }
    }

    /// The pgbench run that the scenario's clients are those of: one without a rate, if there is any.
    var loadRun: MeasuredRun? { runs.last(where: \.isPlain) ?? runs.last { $0.hasRate } ?? runs.last }

    /// Arrivals a second, from a live server or from pgbench; nil: a closed loop.
    var rate: Double? {
        if let server { return server.isOpen ? server.tps : nil }
        guard waits == nil, let run = loadRun, run.hasRate else { return nil }
        return run.tps
    }

    /// The release in the banner that pgbench 14 and later print first.
    private static func release(_ file: InputFile) -> PostgresRelease? {
        guard let line = file.lines.first?.text, line.hasPrefix("pgbench (") else { return nil }
        let version = line.dropFirst(9).prefix { $0.isNumber || $0 == "." }
        return PostgresRelease.allCases.first {
            version == $0.rawValue || version.hasPrefix($0.rawValue + ".")
        }
    }
}

extension WaitSamples {
    /// Both files' samples, one after the other.
    func joined(with other: WaitSamples) -> WaitSamples {
        var both = WaitSamples(
            ticks: ticks + other.ticks, clients: max(clients, other.clients), interval: interval ?? other.interval)
        both.totals = totals.merging(other.totals, uniquingKeysWith: +)
        both.clientsAreUnknown = clientsAreUnknown || other.clientsAreUnknown
        return both
    }
}
