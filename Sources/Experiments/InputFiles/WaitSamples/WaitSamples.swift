/// Samples of what sessions wait for: rows of pg_stat_activity, of pg_wait_sampling's history or profile, of
/// pgsentinel's pg_active_session_history, or our own samples.csv.
///
/// Only client backends count. A session that waits for its client is idle.
public struct WaitSamples: Sendable, Equatable {
    /// Sessions at one instant.
    public struct Tick: Sendable, Equatable {
        /// Active sessions by wait event, such as `LWLock:WALWrite`; `(none)` for those that show no event.
        public var sessions: [String: Int] = [:]

        /// Active sessions.
        public var active: Int { sessions.values.reduce(0, +) }

        /// An instant without sessions.
        public init(sessions: [String: Int] = [:]) { self.sessions = sessions }

        /// Adds a client backend as pg_stat_activity shows it; an idle one does not count.
        public mutating func add(state: String, type: String, event: String) {
            let name = WaitEventText.canonical(type: type, event: event)
            guard state == "active" || state == "fastpath function call", !WaitEventText.isIdle(name) else { return }
            sessions[name, default: 0] += 1
        }
    }

    /// The instants in the file's order. Empty for a profile, which has no instants.
    public private(set) var ticks: [Tick] = []
    /// How often each event was seen in an active session.
    public internal(set) var totals: [String: Double] = [:]
    /// Client backends at a time, idle ones included; distinct ones where the tool shows only active ones and these
    /// come again.
    public private(set) var clients = 0
    /// True if `clients` is only the most at an instant: hardly a process was seen twice.
    var clientsAreUnknown = false
    /// Seconds between two samples; nil for a profile or a single instant.
    public private(set) var interval: Double?

    /// Samples that were taken elsewhere, such as by a simulation.
    public init(ticks: [Tick], clients: Int, interval: Double?) {
        self.ticks = ticks
        self.clients = clients
        self.interval = interval
        for tick in ticks {
            for (event, count) in tick.sessions { totals[event, default: 0] += Double(count) }
        }
    }

    /// Reads a CSV file.
    /// - Throws: an `InputError` that names the line.
    public init(_ file: InputFile) throws(InputError) {
        do throws(InputProblem) {
            try self.init(reading: file)
        } catch {
            throw InputError(.content, file: file.name, [error])
        }
    }

    /// Reads several CSV files as one.
    ///
    /// - Parameter files: at least one.
    /// - Throws: an `InputError` that names file and line; also if no session is ever active.
    public init(_ files: [InputFile]) throws(InputError) {
        var all: WaitSamples?
        for file in files {
            do throws(InputProblem) {
                _ = try InputFormat.detect(file, among: [.waitSamples])
            } catch {
                throw InputError(.content, file: file.name, [error])
            }
            let samples = try WaitSamples(file)
            all = all?.joined(with: samples) ?? samples
        }
        guard let all, !all.totals.isEmpty else {
            throw InputError(.content, file: files.first?.name ?? "", "no session is ever active in these samples")
        }
        self = all
    }

    init(reading file: InputFile) throws(InputProblem) {
        var reader = try CSVReader(file, expected: WaitSampleColumns.expected)
        let columns = try WaitSampleColumns(reader)
        var builder = WaitSampleBuilder()
        while let row = try reader.next() { builder.take(try columns.sample(row, in: file)) }
        builder.finish()
        guard builder.rows > 0 else {
            throw file.incomplete("no client backend in these samples", expected: WaitSampleColumns.expected)
        }
        let isProfile = columns.count != nil
        self.init(
            ticks: isProfile ? [] : builder.ticks, clients: isProfile ? builder.clients : builder.clientsAtOnce,
            interval: isProfile ? nil : builder.interval)
        if isProfile { totals = builder.totals } else { clientsAreUnknown = builder.clientsAreUnknown }
    }

    /// Average active sessions; nil for a profile.
    public var averageActive: Double? {
        ticks.isEmpty ? nil : Double(ticks.reduce(0) { $0 + $1.active }) / Double(ticks.count)
    }

    /// The share of each event among active sessions.
    public var shares: [String: Double] {
        let sum = totals.values.sorted().reduce(0, +)
        return sum > 0 ? totals.mapValues { $0 / sum } : [:]
    }
}
